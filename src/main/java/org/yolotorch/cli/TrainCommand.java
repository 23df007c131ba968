// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.util.List;
import java.util.Locale;
import org.yolotorch.RuntimeInfo;
import org.yolotorch.Task;
import org.yolotorch.Weights;
import org.yolotorch.Yolo;
import org.yolotorch.train.BatchProgress;
import org.yolotorch.train.EpochResult;
import org.yolotorch.train.TrainArgument;
import org.yolotorch.train.TrainListener;
import org.yolotorch.train.TrainOptions;
import org.yolotorch.train.TrainResult;
import org.yolotorch.val.ValResult;

/** {@code yolo train}. */
final class TrainCommand {
  private static final int COLUMN = 11;

  private final Console console;
  private final TrainOptions options;
  private final boolean verbose;

  /** Builds the options first, so that a wrong one is reported before any file is touched. */
  TrainCommand(Values values, Console console) {
    this.console = console;
    TrainOptions.Builder builder = TrainOptions.builder();
    values.training().forEach(builder::set);
    this.options = builder.build();
    this.verbose = Boolean.TRUE.equals(options.value(TrainArgument.VERBOSE));
  }

  /** Trains; the exit code. */
  int run() {
    RuntimeInfo runtime = RuntimeInfo.current();
    console.line(
        "yolotorch "
            + runtime.version()
            + " LibTorch-"
            + runtime.libtorch()
            + " CPU ("
            + runtime.cpu()
            + ")");
    Object model = options.value(TrainArgument.MODEL);
    if (model != null && Weights.names().contains(model.toString())) {
      console.weights(model.toString());
    }
    try (Interrupt asked = new Interrupt(console, "Interrupted; writing last.pt.")) {
      TrainResult result = Yolo.train(options, new Lines(asked));
      console.endProgress();
      if (!result.finished()) {
        console.line(
            "Stopped after "
                + result.epochs()
                + " epochs; go on with: yolo train resume="
                + result.last());
        return Main.INTERRUPTED;
      }
      result.val().ifPresent(this::table);
      console.line("Results saved to " + result.folder());
      return Main.OK;
    }
  }

  private void table(ValResult val) {
    for (String line : new ValTable(val).lines(verbose)) {
      console.line(line);
    }
    console.line(ValCommand.speed(val.speed()));
  }

  /** Prints what YOLO users know. */
  private final class Lines implements TrainListener {
    private final Interrupt interrupt;
    private List<String> losses = List.of();

    Lines(Interrupt interrupt) {
      this.interrupt = interrupt;
    }

    @Override
    public void told(String line) {
      console.line(line);
    }

    @Override
    public void warned(String sentence) {
      console.accept(sentence);
    }

    @Override
    public boolean stops() {
      return interrupt.isAsked();
    }

    @Override
    public void started(Start start) {
      losses = start.losses();
      console.line(
          "Training "
              + (start.task() == Task.CLASSIFY ? "a classifier" : "for task " + start.task().id())
              + " on "
              + start.images()
              + " images, validating on "
              + start.valImages());
      console.line("Logging results to " + start.folder());
      console.line(
          (start.firstEpoch() > 1
                  ? "Going on with epoch " + start.firstEpoch() + " of "
                  : "Starting training for ")
              + start.epochs()
              + " epochs...");
    }

    @Override
    public void learned(BatchProgress progress) {
      if (progress.batch() == progress.batches()) {
        console.endProgress();
        console.line(header());
        console.line(row(progress) + rate(progress));
      } else {
        console.status(row(progress) + rate(progress) + left(progress.secondsLeft()));
      }
    }

    private String header() {
      StringBuilder text = new StringBuilder();
      text.append(pad("Epoch")).append(pad("GPU_mem"));
      losses.forEach(loss -> text.append(pad(loss)));
      return text.append(pad("Instances")).append(pad("Size")).toString();
    }

    private String row(BatchProgress progress) {
      StringBuilder text = new StringBuilder();
      text.append(pad(progress.epoch() + "/" + progress.epochs())).append(pad("0G"));
      progress.losses().forEach(loss -> text.append(pad(String.format(Locale.ROOT, "%.4g", loss))));
      return text.append(pad("" + progress.instances()))
          .append(pad("" + progress.size()))
          .toString();
    }

    private String rate(BatchProgress progress) {
      return String.format(
          Locale.ROOT,
          ": %d/%d %.1f img/s",
          progress.batch(),
          progress.batches(),
          progress.picturesPerSecond());
    }

    private String left(double seconds) {
      return String.format(Locale.ROOT, ", %d:%02d left", (int) seconds / 60, (int) seconds % 60);
    }

    @Override
    public void epochDone(EpochResult epoch) {
      epoch.val().ifPresent(val -> new ValTable(val).lines(false).forEach(console::line));
    }

    private String pad(String word) {
      return " ".repeat(Math.max(1, COLUMN - word.length())) + word;
    }
  }
}
