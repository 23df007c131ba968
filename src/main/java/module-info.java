/** YOLO11 on the JVM with LibTorch: load, export, predict, measure, train. */
@SuppressWarnings("requires-automatic")
module org.yolotorch {
  requires transitive java.desktop;
  requires org.bytedeco.javacpp;
  requires org.snakeyaml.engine.v2;
  // Charts need it, nothing else does.
  requires static xchart;
  // Videos need it, nothing else does.
  requires static org.bytedeco.ffmpeg;

  exports org.yolotorch;
  exports org.yolotorch.train;
  exports org.yolotorch.val;
  exports org.yolotorch.source;
  exports org.yolotorch.render;
}
