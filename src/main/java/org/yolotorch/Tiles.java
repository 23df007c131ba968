// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.util.ArrayList;
import java.util.List;

/**
 * Predicts square parts of a picture besides the whole, and joins what is found in them: an object
 * found in several is kept once.
 */
final class Tiles {
  /** Pictures of one native call. */
  private static final int BATCH = 4;

  private final Yolo model;
  private final PredictOptions options;
  private final PredictOptions each;

  Tiles(Yolo model, PredictOptions options) {
    if (model.info().task() == Task.CLASSIFY) {
      throw new YoloException.InvalidArgument(
          "tile finds objects, but this model classifies whole pictures; leave it out.");
    }
    this.model = model;
    this.options = options;
    this.each = options.toBuilder().tile(0).build();
  }

  List<Result> predict(List<Image> images) {
    List<Result> results = new ArrayList<>(images.size());
    for (Image image : images) {
      results.add(predict(image));
    }
    return results;
  }

  private Result predict(Image image) {
    Result whole = model.predict(List.of(image), each).get(0);
    if (image.width() <= options.tile() && image.height() <= options.tile()) {
      return whole;
    }
    Merger merger = new Merger(image, options);
    merger.add(whole, 0, 0, image.width(), image.height());
    double preprocess = whole.speed().preprocess();
    double inference = whole.speed().inference();
    double postprocess = whole.speed().postprocess();
    double preparation = whole.speed().preparation();
    List<int[]> places = places(image);
    for (int from = 0; from < places.size(); from += BATCH) {
      List<int[]> some = places.subList(from, Math.min(from + BATCH, places.size()));
      List<Image> parts = new ArrayList<>();
      for (int[] at : some) {
        parts.add(image.part(at[0], at[1], at[2], at[3]));
      }
      List<Result> found = model.predict(parts, each);
      for (int i = 0; i < found.size(); i++) {
        int[] at = some.get(i);
        merger.add(found.get(i), at[0], at[1], at[2], at[3]);
        preprocess += found.get(i).speed().preprocess();
        inference += found.get(i).speed().inference();
        postprocess += found.get(i).speed().postprocess();
        preparation += found.get(i).speed().preparation();
      }
    }
    Speed speed = new Speed(preprocess, inference, postprocess, preparation);
    return whole.with(merger.findings(), speed);
  }

  /** Left, top, width and height of each tile. */
  private List<int[]> places(Image image) {
    List<int[]> places = new ArrayList<>();
    int[] columns = starts(image.width(), options.tile(), options.overlap());
    int[] rows = starts(image.height(), options.tile(), options.overlap());
    int width = Math.min(options.tile(), image.width());
    int height = Math.min(options.tile(), image.height());
    for (int top : rows) {
      for (int left : columns) {
        places.add(new int[] {left, top, width, height});
      }
    }
    return places;
  }

  /** Evenly spaced, the last one ending where the picture ends. */
  static int[] starts(int length, int tile, double overlap) {
    if (length <= tile) {
      return new int[] {0};
    }
    int step = Math.max(1, (int) (tile * (1 - overlap)));
    int count = (length - tile + step - 1) / step + 1;
    int[] starts = new int[count];
    for (int i = 0; i < count; i++) {
      starts[i] = (int) ((long) (length - tile) * i / (count - 1));
    }
    return starts;
  }
}
