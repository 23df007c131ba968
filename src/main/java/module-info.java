/** YOLO11 on the JVM with LibTorch: load, export, predict. */
module org.yolotorch {
  requires transitive java.desktop;
  requires org.bytedeco.javacpp;

  exports org.yolotorch;
  exports org.yolotorch.source;
  exports org.yolotorch.render;
}
