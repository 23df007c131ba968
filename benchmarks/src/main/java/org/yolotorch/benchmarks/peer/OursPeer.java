// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.yolotorch.Image;
import org.yolotorch.ImageSize;
import org.yolotorch.LoadOptions;
import org.yolotorch.PixelFormat;
import org.yolotorch.Precision;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.Yolo;

/**
 * yolotorch, called as users call it. A run is the whole of {@link Yolo#predict(List,
 * PredictOptions)}, letterbox, suppression and records included, although the others end at the raw
 * output.
 */
final class OursPeer implements Peer {
  private final Yolo model;
  private final List<Image> images = new ArrayList<>();
  private List<Result> results;

  OursPeer(Job job, LoadOptions options) throws IOException, Unavailable {
    model = Yolo.load(job.forYolotorch(), options);
    ImageSize size = model.info().imgsz();
    for (byte[] rgb : Inputs.pixels(job, size.height(), size.width())) {
      ByteBuffer direct = ByteBuffer.allocateDirect(rgb.length).put(rgb).flip();
      images.add(Image.of(direct, size.width(), size.height(), PixelFormat.RGB));
    }
  }

  /** The options that the parts of a peer's name after the first stand for. */
  static LoadOptions options(List<String> parts, int threads) {
    LoadOptions.Builder options = LoadOptions.builder().threads(threads);
    for (String part : parts) {
      switch (part) {
        case "0", "1", "2", "3" -> options.optimizeLevel(Integer.parseInt(part));
        case "bf16" -> options.precision(Precision.BF16);
        default ->
            throw new IllegalArgumentException(
                "After 'ours-' an optimize_level from 0 to 3 or bf16 was expected, but '"
                    + part
                    + "' came; write for example ours-3.");
      }
    }
    return options.build();
  }

  @Override
  public void run() {
    results = model.predict(images, PredictOptions.defaults());
  }

  @Override
  public double forwardMillis() {
    return results.get(0).speed().inference() * results.size();
  }

  @Override
  public List<List<Found>> found() {
    return results.stream().map(OursPeer::found).toList();
  }

  /** Boxes, rotated or not, or else the five most probable classes. */
  static List<Found> found(Result result) {
    List<Found> found = new ArrayList<>();
    for (var box : result.boxes()) {
      var at = box.xyxy();
      found.add(new Found(box.classId(), box.confidence(), at.x1(), at.y1(), at.x2(), at.y2()));
    }
    for (var box : result.obbs()) {
      var from = box.corners().get(0);
      var to = box.corners().get(2);
      found.add(new Found(box.classId(), box.confidence(), from.x(), from.y(), to.x(), to.y()));
    }
    result
        .probs()
        .ifPresent(
            probs ->
                probs.top5().forEach(id -> found.add(new Found(id, probs.get(id), 0, 0, 0, 0))));
    return found;
  }

  @Override
  public void close() {
    model.close();
  }
}
