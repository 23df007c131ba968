// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.read;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yolotorch.Box;
import org.yolotorch.Detection;
import org.yolotorch.Image;
import org.yolotorch.Obb;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.Yolo;
import org.yolotorch.codes.symbols.CodeClass;

/**
 * Finds codes with a model and decodes them. A model of task pose has the four corners of a symbol
 * as points, one of task obb has rotated boxes; those of the other tasks have upright boxes.
 */
public final class CodeReader implements AutoCloseable {
  private final Yolo model;
  private final PredictOptions options;

  /**
   * Loads a model.
   *
   * @param conf least confidence of a code, 0 to 1
   * @param imgsz longer side of what the model sees, in pixels
   */
  public CodeReader(Path model, double conf, int imgsz) {
    this.model = Yolo.load(model);
    this.options = PredictOptions.builder().conf(conf).imgsz(imgsz).build();
  }

  /** The codes in a picture, most confident first. */
  public List<Reading> read(Image image) {
    return read(image, image.toBufferedImage());
  }

  /** The same, with the pixels of the picture. */
  List<Reading> read(Image image, BufferedImage pixels) {
    Result result = model.predict(image, options);
    Gray gray = Gray.of(pixels);
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < result.objects().size(); i++) {
      Detection object = result.objects().get(i);
      Region region = region(result, i);
      readings.add(
          new Reading(
              object.label(),
              object.confidence(),
              region,
              Decoder.decode(gray, region, CodeClass.named(object.label()))));
    }
    return readings;
  }

  private static Region region(Result result, int number) {
    if (!result.obbs().isEmpty()) {
      Obb obb = result.obbs().get(number);
      return Region.of(obb);
    }
    Box box = result.boxes().get(number);
    return result.keypoints().isEmpty()
        ? Region.of(box.xyxy())
        : Region.of(box.xyxy(), result.keypoints().get(number));
  }

  @Override
  public void close() {
    model.close();
  }
}
