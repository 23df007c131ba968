// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.yolotorch.ErrorCode;
import org.yolotorch.Frame;
import org.yolotorch.Image;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.Source;
import org.yolotorch.Speed;
import org.yolotorch.VideoFrame;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.internal.MeanSpeed;
import org.yolotorch.internal.ReadAhead;
import org.yolotorch.internal.Shipped;
import org.yolotorch.source.SourceOptions;
import org.yolotorch.source.Sources;

/** {@code yolo predict}. */
final class PredictCommand {
  /** What is wrong with one picture alone does not stop the others. */
  private static final Set<ErrorCode> OF_ONE_PICTURE =
      EnumSet.of(
          ErrorCode.INVALID_IMAGE,
          ErrorCode.NOT_FOUND,
          ErrorCode.OUT_OF_MEMORY,
          ErrorCode.DOWNLOAD_FAILED,
          ErrorCode.NATIVE_LIBRARY);

  private final Values values;
  private final Console console;
  private final PrintStream machine;
  private final PredictOptions options;
  private final Outputs outputs;
  private final Profile profile = new Profile();
  private final int batch;

  private final MeanSpeed times = new MeanSpeed();
  private int done;
  private int failed;
  private Result last;

  /**
   * Builds the options first, so that a wrong one is reported before any file is touched.
   *
   * @param out where results for machines go
   */
  PredictCommand(Values values, Console all, PrintStream out) {
    boolean json = values.flag(Argument.JSON);
    this.values = values;
    this.console = all.with(json, values.flag(Argument.VERBOSE));
    this.machine = json ? out : null;
    PredictOptions.Builder builder =
        PredictOptions.builder()
            .conf(values.number(Argument.CONF))
            .iou(values.number(Argument.IOU))
            .imgsz(values.size(Argument.IMGSZ))
            .maxDet(values.whole(Argument.MAX_DET))
            .classes(values.wholes(Argument.CLASSES))
            .agnosticNms(values.flag(Argument.AGNOSTIC_NMS))
            .retinaMasks(values.flag(Argument.RETINA_MASKS))
            .rect(values.flag(Argument.RECT))
            .overlap(values.number(Argument.OVERLAP));
    Integer tile = values.whole(Argument.TILE);
    this.options = tile == null ? builder.build() : builder.tile(tile).build();
    this.batch = values.whole(Argument.BATCH);
    if (values.text(Argument.SOURCE) == null && !values.model().equals(Shipped.MODEL)) {
      throw new UsageException(
          "source must name a picture, video, folder, pattern, list or web address, but none came;"
              + " write it like source=bus.jpg.");
    }
    this.outputs = new Outputs(values, console, profile);
  }

  /** Predicts every picture; the exit code. */
  int run() {
    SourceOptions how =
        SourceOptions.builder()
            .vidStride(values.whole(Argument.VID_STRIDE))
            .allowPrivate(values.flag(Argument.ALLOW_PRIVATE))
            .limits(SourceNames.limits(values.whole(Argument.MAX_PIXELS)))
            .onWarning(console)
            .build();
    try (Source source = Sources.open(sources(), how);
        Yolo model = console.load(values, console.modelFile(values));
        // Not before: until then there is nothing to finish.
        Interrupt interrupt = new Interrupt(console)) {
      console.warnOfUseless(
          values.isGiven(Argument.RECT) && options.rect(), options.classes(), model.info());
      console.warnOfRounding(options.imgsz(), model.info().stride());
      console.line("");
      try (ReadAhead ahead = new ReadAhead(source, 2 * batch)) {
        predictAll(ahead, source, model, interrupt);
        if (done > 0 && values.isGiven(Argument.OPTIMIZE_LEVEL)) {
          console.line("Network: " + String.join(" ", model.optimizations()));
        }
      } finally {
        outputs.close();
        console.endProgress();
      }
      report();
      return interrupt.isAsked() ? Main.INTERRUPTED : failed > 0 ? Main.FAILED : Main.OK;
    }
  }

  /** What the source names; without one, the picture that comes with the library. */
  private List<String> sources() {
    String source = values.text(Argument.SOURCE);
    return source == null
        ? List.of(Shipped.file(Shipped.PICTURE).toString())
        : SourceNames.of(source);
  }

  private void predictAll(ReadAhead ahead, Source source, Yolo model, Interrupt interrupt) {
    List<ReadAhead.Entry> waiting = new ArrayList<>();
    while (!interrupt.isAsked() && !outputs.isEnded() && ahead.hasNext()) {
      ReadAhead.Entry entry = ahead.next();
      if (entry.failure() != null) {
        predict(waiting, source, model);
        fail(entry.frame(), entry.failure());
      } else {
        profile.add(Profile.Stage.DECODE, entry.nanos());
        waiting.add(entry);
        if (waiting.size() == batch) {
          predict(waiting, source, model);
        }
      }
    }
    predict(waiting, source, model);
  }

  /** Predicts what waits and empties the list. */
  private void predict(List<ReadAhead.Entry> waiting, Source source, Yolo model) {
    if (waiting.isEmpty()) {
      return;
    }
    List<ReadAhead.Entry> entries = List.copyOf(waiting);
    waiting.clear();
    List<Image> images = new ArrayList<>();
    for (ReadAhead.Entry entry : entries) {
      images.add(entry.image());
    }
    List<Result> results;
    try {
      results = model.predict(images, options);
    } catch (YoloException.OutOfMemory e) {
      if (entries.size() == 1) {
        fail(entries.get(0).frame(), e);
        return;
      }
      // One by one they may fit.
      for (ReadAhead.Entry entry : entries) {
        predict(new ArrayList<>(List.of(entry)), source, model);
      }
      return;
    }
    times.add(results);
    for (int i = 0; i < results.size(); i++) {
      take(entries.get(i).frame(), results.get(i).at(entries.get(i).frame()), source);
    }
  }

  private void take(Frame frame, Result result, Source source) {
    print(frame, result, source.items());
    if (machine != null) {
      machine.println(result.toJson(frame.name()));
    }
    try {
      outputs.write(frame, result);
    } catch (OutOfMemoryError e) {
      fail(
          frame,
          new YoloException.OutOfMemory(
              "The picture '"
                  + frame.name()
                  + "' must fit into Java's memory to be drawn, but did not; start Java with a"
                  + " larger -Xmx.",
              e));
      return;
    }
    Speed speed = result.speed();
    if (speed.preparation() > 0) {
      profile.add(Profile.Stage.PREPARATION, speed.preparation() * 1e6);
    }
    profile.add(Profile.Stage.PREPROCESS, speed.preprocess() * 1e6);
    profile.add(Profile.Stage.INFERENCE, speed.inference() * 1e6);
    profile.add(Profile.Stage.POSTPROCESS, speed.postprocess() * 1e6);
    last = result;
    done++;
    long frames = source.items() == 1 ? frame.video().map(VideoFrame::frames).orElse(0L) : 0;
    int stride = values.whole(Argument.VID_STRIDE);
    console.progress(done + failed, source.size().orElse((int) ((frames + stride - 1) / stride)));
  }

  private void fail(Frame frame, YoloException e) {
    if (!OF_ONE_PICTURE.contains(e.code())) {
      throw e;
    }
    failed++;
    console.fail(e, e.getMessage());
    if (machine != null) {
      machine.println(e.toJson(frame.name()));
    }
  }

  private void print(Frame frame, Result result, int items) {
    VideoFrame at = frame.video().orElse(null);
    String frames = at == null || at.frames() == 0 ? "" : "/" + at.frames();
    console.line(
        (at == null ? "image " : "video ")
            + (frame.item() + 1)
            + "/"
            + items
            + (at == null ? "" : " (frame " + at.number() + frames + ")")
            + " "
            + frame.name()
            + ": "
            + result.netSize()
            + " "
            + result.summary()
            + ", "
            + Console.tenths(result.speed().inference())
            + "ms");
  }

  private void report() {
    if (done > 0) {
      console.line(
          ValCommand.speed(times.mean())
              + " at shape ("
              + batch
              + ", 3, "
              + last.netSize().height()
              + ", "
              + last.netSize().width()
              + ")");
      if (times.preparation() > 0) {
        console.line(
            "Preparation: "
                + Console.tenths(times.preparation())
                + "ms, spent once and not part of the above");
      }
    }
    if (values.flag(Argument.PROFILE)) {
      profile.print(console.with(false, true));
    }
    outputs.report();
  }
}
