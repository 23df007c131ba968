// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.yolotorch.Result;
import org.yolotorch.Speed;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.chart.ValCharts;
import org.yolotorch.internal.Count;
import org.yolotorch.internal.Jar;
import org.yolotorch.internal.PathText;
import org.yolotorch.internal.data.DataPlaces;
import org.yolotorch.val.ValListener;
import org.yolotorch.val.ValOptions;
import org.yolotorch.val.ValResult;

/** {@code yolo val}. */
final class ValCommand {
  /** Of a checkpoint; see {@link ValOptions#batch()}. */
  private static final int USUAL_BATCH = 16;

  /** Of COCO's 90 categories these have no objects; its 80 classes are the others. */
  private static final int[] COCO_GAPS = {12, 26, 29, 30, 45, 66, 68, 69, 71, 83};

  private final Values values;
  private final Console console;

  /** What a run that is not verbose does not say. */
  private final Console talk;

  private final ValOptions options;
  private final boolean verbose;

  /** Where the data set is. */
  private Path data;

  private RunFiles files;

  /** Builds the options first, so that a wrong one is reported before any file is touched. */
  ValCommand(Values values, Console console) {
    this.values = values;
    this.console = console;
    this.verbose = values.flag(Argument.VERBOSE);
    values.needModel();
    this.talk = console.with(false, verbose);
    this.options = options(values);
    String lack = values.flag(Argument.PLOTS) ? Jar.lack("Charts need", Jar.XCHART) : null;
    if (lack != null) {
      throw new YoloException.NativeLibrary(lack + "add it, or leave them out with plots=False.");
    }
    RunDirectory.check(values, Mode.VAL);
  }

  private static ValOptions options(Values values) {
    if (!values.isGiven(Argument.DATA)) {
      throw new UsageException(
          "data must name a data set, but none came; write it like data=data.yaml.");
    }
    boolean files = values.flag(Argument.SAVE_JSON) || values.flag(Argument.SAVE_TXT);
    return ValOptions.builder(dataFile(values))
        .split(values.text(Argument.SPLIT))
        .imgsz(values.size(Argument.IMGSZ))
        .batch(values.isGiven(Argument.BATCH) ? values.whole(Argument.BATCH) : 0)
        .conf(values.isGiven(Argument.CONF) ? values.number(Argument.CONF) : null)
        .iou(values.number(Argument.IOU))
        .maxDet(values.whole(Argument.MAX_DET))
        .classes(values.wholes(Argument.CLASSES))
        .agnosticNms(values.flag(Argument.AGNOSTIC_NMS))
        .singleCls(values.flag(Argument.SINGLE_CLS))
        .pictureMasks(files)
        .rect(values.isGiven(Argument.RECT) && values.flag(Argument.RECT))
        .build();
  }

  static Path dataFile(Values values) {
    String data = values.text(Argument.DATA);
    try {
      return PathText.of(data);
    } catch (InvalidPathException e) {
      throw new UsageException(
          "data must be a path, but was '"
              + data.replace('\0', '?')
              + "'"
              + PathText.advice(data, "; write it like data=data.yaml."));
    }
  }

  /** Measures the model; the exit code. */
  int run() {
    data = DataPlaces.ofThisProcess().find(options.data());
    try (Yolo model =
        talk.load(
            values,
            console.modelFile(values),
            options.batch() == 0 ? USUAL_BATCH : options.batch())) {
      ValResult result;
      console.warnOfUseless(options.rect(), options.classes(), model.info());
      try (Interrupt asked = new Interrupt(console)) {
        try {
          result = model.val(options, new Files(model, asked));
        } finally {
          talk.endProgress();
          if (files != null) {
            files.close();
          }
        }
      } catch (Stopped e) {
        return Main.INTERRUPTED;
      }
      for (String line : new ValTable(result).lines(verbose)) {
        console.line(line);
      }
      talk.line(speed(result.speed()));
      if (values.flag(Argument.PLOTS)) {
        new ValCharts(result).write(files.folder());
      }
      if (values.flag(Argument.SAVE_JSON)) {
        console.line("Predictions saved to " + files.folder().resolve("predictions.json"));
      }
      if (values.flag(Argument.SAVE_TXT)) {
        console.line(Count.of(files.labels(), "label") + " saved to " + files.labelFolder());
      }
      console.line("Results saved to " + files.folder());
      int skipped = result.skipped().size();
      if (skipped > 0) {
        console.line(
            skipped
                + " of "
                + Count.of(result.images() + skipped, "picture")
                + " left out as corrupt");
      }
      return Main.OK;
    }
  }

  static String speed(Speed speed) {
    return "Speed: "
        + Console.tenths(speed.preprocess())
        + "ms preprocess, "
        + Console.tenths(speed.inference())
        + "ms inference, "
        + Console.tenths(speed.postprocess())
        + "ms postprocess per image";
  }

  /** COCO's own numbers for its classes, else from 1 on. */
  static IntUnaryOperator categories(Map<Integer, String> names) {
    boolean coco =
        names.size() == 80
            && "person".equals(names.get(0))
            && "stop sign".equals(names.get(11))
            && "toothbrush".equals(names.get(79));
    return id -> {
      int category = id + 1;
      for (int gap : COCO_GAPS) {
        category += coco && category >= gap ? 1 : 0;
      }
      return category;
    };
  }

  /** Ends a measurement that was interrupted. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Writes what is to be kept of every picture. */
  private final class Files implements ValListener {
    private final Yolo model;
    private final IntUnaryOperator categories;
    private final Interrupt interrupt;

    /** Where a picture stands in the data set; they may be predicted in another order. */
    private final Map<Path, Integer> ranks = new HashMap<>();

    private final Map<Path, String> stems = new HashMap<>();

    Files(Yolo model, Interrupt interrupt) {
      this.interrupt = interrupt;
      this.model = model;
      this.categories = categories(model.info().names());
    }

    /** The folder is not made before it is sure that there is something to measure. */
    @Override
    public void started(int images, int backgrounds, int corrupt) {
      files = new RunFiles(RunDirectory.of(values, model.info().task(), Mode.VAL));
      talk.line(
          "Scanned "
              + data
              + ": "
              + Count.of(images, "image")
              + ", "
              + Count.of(backgrounds, "background")
              + ", "
              + corrupt
              + " corrupt");
    }

    @Override
    public void listed(List<Path> pictures) {
      for (Path picture : pictures) {
        ranks.put(picture, ranks.size());
        stems.put(picture, files.claimStem(picture));
      }
    }

    @Override
    public void predicted(Path picture, Result result) {
      if (values.flag(Argument.SAVE_JSON)) {
        List<String> entries = result.toCoco(PathText.nameOf(picture), categories);
        files.writeJson(ranks.get(picture), entries);
      }
      if (values.flag(Argument.SAVE_TXT)) {
        files.writeLabels(stems.get(picture), result.toText(values.flag(Argument.SAVE_CONF)));
      }
    }

    @Override
    public void progressed(int done, int images) {
      if (interrupt.isAsked()) {
        throw new Stopped();
      }
      talk.progress(done, images);
    }

    @Override
    public void warned(String sentence) {
      talk.accept(sentence);
    }
  }
}
