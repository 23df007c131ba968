/** YOLO11 on the JVM with LibTorch: load, export, predict. */
module org.yolotorch {
  requires transitive java.desktop;
  requires org.bytedeco.javacpp;
  requires com.drew.metadata;

  exports org.yolotorch;
  exports org.yolotorch.source;
  exports org.yolotorch.render;
}
