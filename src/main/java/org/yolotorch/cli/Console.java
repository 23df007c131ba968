// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.yolotorch.ImageSize;
import org.yolotorch.LoadOptions;
import org.yolotorch.ModelInfo;
import org.yolotorch.Precision;
import org.yolotorch.RuntimeInfo;
import org.yolotorch.Task;
import org.yolotorch.Weights;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.internal.PathText;
import org.yolotorch.internal.PlainText;
import org.yolotorch.internal.Shipped;

/**
 * Output that all modes share, and its number formats. What is printed may hold text from outside:
 * names of files and classes, messages of libraries. It is cleaned here.
 */
final class Console implements Consumer<String> {
  /** The launcher sets it to true where standard error is a terminal, which Java cannot tell. */
  private static final String TERMINAL_PROPERTY = "org.yolotorch.terminal";

  /** More than a network of any size takes for a picture of the usual sizes. */
  private static final long SECONDS_A_PICTURE = 30;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean silent;
  private final Progress progress;

  Console(PrintStream out, PrintStream err) {
    this(out, err, false);
  }

  private Console(PrintStream out, PrintStream err, boolean silent) {
    this.out = out;
    this.err = err;
    this.silent = silent;
    this.progress =
        new Progress(err, !silent && Boolean.getBoolean(TERMINAL_PROPERTY), System::nanoTime);
  }

  /**
   * This console for a run that prints results for machines on standard output, and everything else
   * on standard error, or one that prints nothing but failures.
   */
  Console with(boolean json, boolean verbose) {
    return new Console(json ? err : out, err, !verbose);
  }

  /** A line of ordinary output. */
  synchronized void line(String text) {
    if (!silent) {
      progress.clear();
      out.println(PlainText.of(text));
    }
  }

  /** Shows the progress; {@code total} is 0 if it is not known. */
  synchronized void progress(long done, long total) {
    progress.at(done, total);
  }

  /** Shows a line that the next one replaces, on a terminal. */
  synchronized void status(String text) {
    progress.show(PlainText.of(text));
  }

  /** Removes the progress bar. */
  synchronized void endProgress() {
    progress.clear();
  }

  /** A warning or an error on a line. */
  @Override
  public synchronized void accept(String warning) {
    progress.clear();
    err.println(PlainText.of(warning));
  }

  /** Says that something failed; with YOLO_DEBUG=1 also where. */
  synchronized void fail(Throwable error, String sentence) {
    progress.clear();
    err.println(PlainText.message(sentence));
    if ("1".equals(System.getenv("YOLO_DEBUG"))) {
      StringWriter trace = new StringWriter();
      error.printStackTrace(new PrintWriter(trace));
      trace.toString().lines().map(PlainText::of).forEach(err::println);
    }
  }

  /** The file of the model; published weights that are nowhere on this machine are fetched. */
  Path modelFile(Values values) {
    String name = values.model();
    Path file = path(name);
    if (!values.isGiven(Argument.MODEL) && name.equals(Shipped.MODEL) && !silent) {
      accept(
          "No model was given: "
              + name
              + ", which comes with yolotorch, finds QR, Data Matrix, Aztec, PDF417 and barcodes; name"
              + " another one like model=yolo11n.pt.");
    }
    // A file that is there costs no more than this look.
    if (file.getParent() != null || Files.exists(file) || !Weights.names().contains(name)) {
      return file;
    }
    return weights(name);
  }

  /** Published weights, found or fetched by name. */
  Path weights(String name) {
    DownloadProgress progress =
        new DownloadProgress(err, Boolean.getBoolean(TERMINAL_PROPERTY), System::nanoTime);
    try {
      return Weights.download(name, progress);
    } finally {
      progress.closeLine();
    }
  }

  /** Loads the model and says what runs where. */
  Yolo load(Values values, Path file) {
    return load(values, file, values.whole(Argument.BATCH));
  }

  /** As above, for batches of at most this many pictures. */
  Yolo load(Values values, Path file, int batch) {
    String device = values.text(Argument.DEVICE);
    RuntimeInfo runtime = RuntimeInfo.current();
    String cpu = runtime.cpu().isEmpty() ? "CPU" : "CPU (" + runtime.cpu() + ")";
    String place = device.equals("cpu") ? cpu : "device " + device;
    line("yolotorch " + runtime.version() + " LibTorch-" + runtime.libtorch() + " " + place);
    Yolo model = Yolo.load(file, loadOptions(values, batch).device(device).build());
    line(summary(model.info(), file));
    return model;
  }

  /** Warns once, before the first picture, of arguments that have no effect with this model. */
  void warnOfUseless(boolean rect, List<Integer> classes, ModelInfo info) {
    if (rect && info.task() == Task.CLASSIFY) {
      accept(
          "rect=True changes nothing: a classifier takes a square from the middle of a picture.");
    } else if (rect && !info.dynamic()) {
      accept(
          "rect=True changes nothing: this archive takes "
              + info.imgsz()
              + " alone; export it with dynamic=True.");
    }
    for (int id : classes) {
      if (!info.names().containsKey(id)) {
        accept(
            "classes names "
                + id
                + ", but the model has no such class; its ids end at "
                + (info.names().size() - 1)
                + ".");
      }
    }
  }

  /** Warns where the network takes another size than asked for; null for none. */
  void warnOfRounding(ImageSize asked, int stride) {
    if (asked == null || asked.height() % stride == 0 && asked.width() % stride == 0) {
      return;
    }
    ImageSize taken =
        new ImageSize(
            (asked.height() + stride - 1) / stride * stride,
            (asked.width() + stride - 1) / stride * stride);
    accept(
        "imgsz "
            + asked
            + " became "
            + taken
            + ": its sides must be multiples of the model's stride, "
            + stride
            + ".");
  }

  /** The load options that all modes share. */
  LoadOptions.Builder loadOptions(Values values) {
    return loadOptions(values, 1);
  }

  private LoadOptions.Builder loadOptions(Values values, int batch) {
    String task = values.text(Argument.TASK);
    return LoadOptions.builder()
        .task(task == null ? null : Task.of(task))
        .trusted(values.flag(Argument.TRUSTED))
        .sha256(values.text(Argument.SHA256))
        .threads(values.whole(Argument.THREADS))
        .optimizeLevel(values.whole(Argument.OPTIMIZE_LEVEL))
        .precision(Precision.of(values.text(Argument.PRECISION)))
        .timeout(timeout(values, batch))
        .isolated(values.flag(Argument.ISOLATED))
        .onWarning(this);
  }

  /** Time of a run of an archive; null for any. */
  private static Duration timeout(Values values, int batch) {
    if (!values.isGiven(Argument.TIMEOUT)) {
      return Duration.ofSeconds(SECONDS_A_PICTURE * batch);
    }
    double given = values.number(Argument.TIMEOUT);
    return given == 0 ? null : Duration.ofMillis(Math.max(1, Math.round(given * 1000)));
  }

  private static Path path(String text) {
    try {
      return PathText.of(text);
    } catch (java.nio.file.InvalidPathException e) {
      throw new YoloException.NotFound(
          "A model file was expected, but '"
              + text.replace('\0', '?')
              + "' is no path"
              + PathText.advice(text, "; check it."),
          e);
    }
  }

  static String summary(ModelInfo info, Path file) {
    StringBuilder text = new StringBuilder();
    if (info.family().isEmpty()) {
      text.append(file.getFileName());
    } else {
      text.append(info.family()).append(info.scale());
      text.append(Values.suffix(info.task()));
    }
    text.append(" summary (fused)");
    String before = ": ";
    // A frozen archive holds its weights as constants and tells no number.
    if (info.parameters() > 0) {
      text.append(before).append(grouped(info.parameters())).append(" parameters");
      before = ", ";
    }
    if (info.gflops() > 0) {
      text.append(before).append(tenths(info.gflops())).append(" GFLOPs");
    }
    return text.toString();
  }

  /** A whole number with commas between thousands. */
  static String grouped(long number) {
    StringBuilder text = new StringBuilder().append(number);
    for (int i = text.length() - 3; i > 0; i -= 3) {
      text.insert(i, ',');
    }
    return text.toString();
  }

  /** A number that is not negative with one decimal place. */
  static String tenths(double number) {
    long tenths = Math.round(number * 10);
    return tenths / 10 + "." + tenths % 10;
  }
}
