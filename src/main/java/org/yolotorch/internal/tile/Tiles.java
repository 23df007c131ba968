// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.tile;

import java.util.ArrayList;
import java.util.List;
import org.yolotorch.Image;
import org.yolotorch.ModelInfo;
import org.yolotorch.PixelRect;
import org.yolotorch.PredictOptions;
import org.yolotorch.Predictor;
import org.yolotorch.Result;
import org.yolotorch.Speed;
import org.yolotorch.Task;
import org.yolotorch.YoloException;

/**
 * Predicts square tiles of a picture besides the whole, and merges the detections: an object found
 * in several tiles is kept once.
 */
public final class Tiles {
  /** Pictures of one native call. */
  private static final int BATCH = 4;

  private final Predictor model;
  private final PredictOptions options;
  private final PredictOptions each;

  public Tiles(Predictor model, ModelInfo info, PredictOptions options) {
    if (info.task() == Task.CLASSIFY) {
      throw new YoloException.InvalidArgument(
          "tile finds objects, but this model classifies whole pictures; leave it out.");
    }
    this.model = model;
    this.options = options;
    this.each = options.toBuilder().tile(0).build();
  }

  public List<Result> predict(List<Image> images) {
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
    merger.add(whole, new PixelRect(0, 0, image.width(), image.height()));
    double preprocess = whole.speed().preprocess();
    double inference = whole.speed().inference();
    double postprocess = whole.speed().postprocess();
    double preparation = whole.speed().preparation();
    List<PixelRect> places = places(image);
    for (int from = 0; from < places.size(); from += BATCH) {
      List<PixelRect> some = places.subList(from, Math.min(from + BATCH, places.size()));
      List<Image> parts = new ArrayList<>();
      for (PixelRect place : some) {
        parts.add(image.part(place));
      }
      List<Result> found = model.predict(parts, each);
      for (int i = 0; i < found.size(); i++) {
        merger.add(found.get(i), some.get(i));
        preprocess += found.get(i).speed().preprocess();
        inference += found.get(i).speed().inference();
        postprocess += found.get(i).speed().postprocess();
        preparation += found.get(i).speed().preparation();
      }
    }
    Speed speed = new Speed(preprocess, inference, postprocess, preparation);
    return whole.with(merger.detections(), speed);
  }

  /** The place of each tile. */
  private List<PixelRect> places(Image image) {
    List<PixelRect> places = new ArrayList<>();
    int[] columns = starts(image.width(), options.tile(), options.overlap());
    int[] rows = starts(image.height(), options.tile(), options.overlap());
    int width = Math.min(options.tile(), image.width());
    int height = Math.min(options.tile(), image.height());
    for (int top : rows) {
      for (int left : columns) {
        places.add(new PixelRect(left, top, width, height));
      }
    }
    return places;
  }

  /** Evenly spaced, the last one ending where the picture ends. */
  public static int[] starts(int length, int tile, double overlap) {
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
