// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.nio.file.Path;
import org.yolotorch.ErrorCode;
import org.yolotorch.Image;
import org.yolotorch.ImageSize;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.Speed;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.render.Renderer;
import org.yolotorch.source.Frame;
import org.yolotorch.source.Source;
import org.yolotorch.source.Sources;

/** {@code yolo predict}. */
final class PredictCommand {
  private final Values values;
  private final Console console;
  private final PredictOptions options;
  private final Renderer renderer;
  private final boolean verbose;
  private final boolean save;
  private final boolean saveTxt;
  private final boolean saveJson;

  private RunFiles files;
  private double preprocess;
  private double inference;
  private double postprocess;
  private int done;
  private int failed;
  private Result last;

  /** Builds the options first: a wrong one is told before any file is touched. */
  PredictCommand(Values values, Console console) {
    this.values = values;
    this.console = console;
    this.options =
        PredictOptions.builder()
            .conf(values.number(Argument.CONF))
            .iou(values.number(Argument.IOU))
            .imgsz(values.size(Argument.IMGSZ))
            .maxDet(values.whole(Argument.MAX_DET))
            .classes(values.wholes(Argument.CLASSES))
            .agnosticNms(values.flag(Argument.AGNOSTIC_NMS))
            .retinaMasks(values.flag(Argument.RETINA_MASKS))
            .build();
    Renderer look =
        Renderer.defaults()
            .withBoxes(values.flag(Argument.SHOW_BOXES))
            .withLabels(values.flag(Argument.SHOW_LABELS))
            .withConf(values.flag(Argument.SHOW_CONF));
    Integer lineWidth = values.whole(Argument.LINE_WIDTH);
    this.renderer = lineWidth == null ? look : look.withLineWidth(lineWidth);
    this.verbose = values.flag(Argument.VERBOSE);
    this.save = values.flag(Argument.SAVE);
    this.saveTxt = values.flag(Argument.SAVE_TXT);
    this.saveJson = values.flag(Argument.SAVE_JSON);
    if (values.text(Argument.SOURCE) == null) {
      throw new UsageException(
          "source must name a picture, folder or pattern, but none came; write it like"
              + " source=bus.jpg.");
    }
  }

  /** Predicts every picture; the exit code. */
  int run() {
    try (Source source = Sources.open(values.text(Argument.SOURCE));
        Yolo model = console.load(values, console.modelFile(values), verbose)) {
      if (verbose) {
        console.line("");
      }
      try {
        for (Frame frame : source) {
          predict(frame, model, source.size().orElse(0));
        }
        if (verbose && done > 0 && values.isGiven(Argument.OPTIMIZE_LEVEL)) {
          console.line("Network: " + String.join(" ", model.optimizations()));
        }
      } finally {
        if (files != null) {
          files.close();
        }
      }
    }
    report();
    return failed > 0 ? Main.FAILED : Main.OK;
  }

  private Path makeFolder(Yolo model) {
    String project = values.text(Argument.PROJECT);
    Path parent = project == null ? Path.of("runs", model.info().task().id()) : Path.of(project);
    return RunDirectory.create(parent, values.text(Argument.NAME), values.flag(Argument.EXIST_OK));
  }

  /** One picture; what is wrong with it alone does not stop the others. */
  private void predict(Frame frame, Yolo model, int count) {
    try {
      Image image = frame.read();
      Result result = model.predict(image, options);
      if (verbose) {
        print(frame, result, count);
      }
      if (save || saveTxt || saveJson) {
        write(frame, image, result, model);
      }
      Speed speed = result.speed();
      preprocess += speed.preprocess();
      inference += speed.inference();
      postprocess += speed.postprocess();
      last = result;
      done++;
    } catch (YoloException e) {
      ErrorCode code = e.code();
      if (code != ErrorCode.INVALID_IMAGE
          && code != ErrorCode.NOT_FOUND
          && code != ErrorCode.OUT_OF_MEMORY) {
        throw e;
      }
      failed++;
      console.fail(e, e.getMessage());
    } catch (OutOfMemoryError e) {
      failed++;
      console.fail(
          e,
          "The picture '"
              + frame.name()
              + "' must fit into Java's memory, but did not; start Java with a larger -Xmx.");
    }
  }

  private void print(Frame frame, Result result, int count) {
    ImageSize asked = options.imgsz();
    if (last == null && asked != null && !asked.equals(result.netSize())) {
      console.accept(
          "imgsz "
              + asked
              + " became "
              + result.netSize()
              + ": its sides must be multiples of the model's stride.");
    }
    console.line(
        "image "
            + (frame.index() + 1)
            + "/"
            + count
            + " "
            + frame.name()
            + ": "
            + result.netSize()
            + " "
            + result.summary()
            + Console.tenths(result.speed().inference())
            + "ms");
  }

  private void write(Frame frame, Image image, Result result, Yolo model) {
    // Not before the first result: a run that fails at once leaves no empty folder.
    if (files == null) {
      files = new RunFiles(makeFolder(model));
    }
    String stem = files.claimStem(frame.file().orElse(Path.of("image" + frame.index())));
    if (save) {
      files.writePicture(stem, renderer.render(image, result));
    }
    if (saveTxt) {
      files.writeLabels(stem, result.toText(values.flag(Argument.SAVE_CONF)));
    }
    if (saveJson) {
      files.writeJson(result.toJson(frame.name()));
    }
  }

  private void report() {
    if (verbose && done > 0) {
      console.line(
          "Speed: "
              + Console.tenths(preprocess / done)
              + "ms preprocess, "
              + Console.tenths(inference / done)
              + "ms inference, "
              + Console.tenths(postprocess / done)
              + "ms postprocess per image at shape (1, 3, "
              + last.netSize().height()
              + ", "
              + last.netSize().width()
              + ")");
    }
    if (saveTxt && files != null) {
      int labels = files.labels();
      console.line(
          labels + (labels == 1 ? " label" : " labels") + " saved to " + files.labelFolder());
    }
    if (files != null) {
      console.line("Results saved to " + files.folder());
    }
  }
}
