/** YOLO11 on the JVM with LibTorch: load, export, predict. */
module org.yolotorch {
  requires transitive java.desktop;
  requires org.bytedeco.javacpp;
  // Videos need it, nothing else does.
  requires static org.bytedeco.ffmpeg;

  exports org.yolotorch;
  exports org.yolotorch.source;
  exports org.yolotorch.render;
}
