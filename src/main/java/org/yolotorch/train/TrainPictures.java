// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.train;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yolotorch.Image;
import org.yolotorch.Result;
import org.yolotorch.Task;
import org.yolotorch.chart.PictureGrid;
import org.yolotorch.chart.TrainCharts;
import org.yolotorch.chart.ValCharts;
import org.yolotorch.internal.ClassNames;
import org.yolotorch.internal.bridge.NativeTraining;
import org.yolotorch.internal.data.Label;
import org.yolotorch.render.Renderer;
import org.yolotorch.val.ValResult;

/** Draws what YOLO users look at: curves, labels and batches. */
final class TrainPictures {
  private static final int MOST_BATCHES = 3;
  private static final int LABEL_NUMBERS = 6;

  private final TrainOptions options;
  private final Task task;
  private final TrainData data;
  private final NativeTraining training;
  private final Path folder;
  private final int batch;

  TrainPictures(Plan plan, TrainData data, NativeTraining training, Path folder) {
    this.options = plan.options();
    this.task = plan.info().task();
    this.data = data;
    this.training = training;
    this.folder = folder;
    this.batch = options.whole(TrainArgument.BATCH);
  }

  /** What the labels are like. */
  void labels() {
    List<Label> labels = new ArrayList<>();
    data.train().forEach(sample -> labels.addAll(sample.labels()));
    TrainCharts.labels(labels, data.names(), folder.resolve("labels.jpg"));
  }

  /** The first three batches, and the first three without mosaics. */
  void batch(int epoch, int index, int batches, int slot, int count) {
    int closed = options.whole(TrainArgument.EPOCHS) - options.whole(TrainArgument.CLOSE_MOSAIC);
    boolean first = epoch == 0 || epoch == closed;
    if (!first || index >= MOST_BATCHES) {
      return;
    }
    int side = options.whole(TrainArgument.IMGSZ);
    PictureGrid grid = new PictureGrid(count, side);
    for (int place = 0; place < count && !grid.isFull(); place++) {
      NativeTraining.Drawn drawn = training.sample(slot, place, side);
      grid.add(picture(drawn), marks(drawn.labels()));
    }
    grid.write(folder.resolve("train_batch" + (epoch * batches + index) + ".jpg"));
  }

  private static BufferedImage picture(NativeTraining.Drawn drawn) {
    int plane = drawn.height() * drawn.width();
    int[] pixels = new int[plane];
    for (int i = 0; i < plane; i++) {
      int red = drawn.pixels()[i] & 255;
      int green = drawn.pixels()[plane + i] & 255;
      int blue = drawn.pixels()[2 * plane + i] & 255;
      pixels[i] = red << 16 | green << 8 | blue;
    }
    BufferedImage image =
        new BufferedImage(drawn.width(), drawn.height(), BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, drawn.width(), drawn.height(), pixels, 0, drawn.width());
    return image;
  }

  private List<PictureGrid.Mark> marks(float[] labels) {
    List<PictureGrid.Mark> marks = new ArrayList<>();
    for (int at = 0; at < labels.length; at += LABEL_NUMBERS) {
      int id = (int) labels[at];
      marks.add(
          new PictureGrid.Mark(
              ClassNames.of(data.names(), id),
              id,
              task == Task.CLASSIFY ? 0 : labels[at + 1],
              task == Task.CLASSIFY ? 0 : labels[at + 2],
              labels[at + 3],
              labels[at + 4],
              labels[at + 5]));
    }
    return marks;
  }

  /** Losses and metrics over the epochs. */
  void results(ResultsTable results) {
    if (!results.isEmpty()) {
      TrainCharts.results(results.columns(), folder.resolve("results.png"));
    }
  }

  /** Curves of the last validation. */
  void validation(ValResult val) {
    new ValCharts(val).write(folder);
  }

  /** The first batches to validate with, with their labels and with what was found in them. */
  Predicted predicted() {
    return new Predicted();
  }

  /** Collects what is found in the first pictures. */
  final class Predicted {
    private int count;
    private PictureGrid labels;
    private PictureGrid found;

    void add(Path picture, Result result) {
      int number = count / batch;
      if (number >= MOST_BATCHES) {
        return;
      }
      if (labels == null) {
        int left = Math.min(batch, data.val().size() - count);
        int side = options.whole(TrainArgument.IMGSZ);
        labels = new PictureGrid(left, side);
        found = new PictureGrid(left, side);
      }
      if (!labels.isFull()) {
        Image image = Image.read(picture);
        labels.add(image.toBufferedImage(), labelsOf(picture));
        found.add(Renderer.defaults().render(image, result), List.of());
      }
      count++;
      if (count % batch == 0 || count == data.val().size()) {
        labels.write(folder.resolve("val_batch" + number + "_labels.jpg"));
        found.write(folder.resolve("val_batch" + number + "_pred.jpg"));
        labels = null;
      }
    }

    private List<PictureGrid.Mark> labelsOf(Path picture) {
      List<PictureGrid.Mark> marks = new ArrayList<>();
      for (TrainData.Sample sample : data.val()) {
        if (sample.picture().equals(picture)) {
          for (Label label : sample.labels()) {
            double width = label.box().right() - label.box().left();
            double height = label.box().bottom() - label.box().top();
            marks.add(
                new PictureGrid.Mark(
                    ClassNames.of(data.names(), label.classId()),
                    label.classId(),
                    label.box().left() + width / 2,
                    label.box().top() + height / 2,
                    task == Task.CLASSIFY ? 0 : width,
                    task == Task.CLASSIFY ? 0 : height,
                    0));
          }
        }
      }
      return marks;
    }
  }
}
