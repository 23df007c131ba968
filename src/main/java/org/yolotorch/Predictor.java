// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.ResultIterator;

/**
 * What predicts pictures: a {@link Yolo}, or in the tests of a program whatever stands in for it. A
 * program that asks a {@code Predictor} needs no model to be tested:
 *
 * <pre>{@code
 * Predictor fake =
 *     (images, options) ->
 *         images.stream()
 *             .map(image -> Result.of(Task.DETECT, image, names, Detections.ofBoxes(boxes)))
 *             .toList();
 * }</pre>
 *
 * <p>One method is to be implemented; all others call it. An implementation says whether it is
 * thread-safe; {@link Yolo} is.
 */
@FunctionalInterface
public interface Predictor {
  /**
   * Predicts a batch.
   *
   * @param images pictures of any sizes, none of them null; they stay the caller's
   * @param options how to predict
   * @return one result per picture, in the same order; empty if there are no pictures
   * @throws YoloException as {@link Yolo#predict(List, PredictOptions)} does
   */
  List<Result> predict(List<Image> images, PredictOptions options);

  /** Predicts a batch with {@link PredictOptions#defaults()}. */
  default List<Result> predict(List<Image> images) {
    return predict(Checks.given("images", images), PredictOptions.defaults());
  }

  /** Predicts one picture with {@link PredictOptions#defaults()}. */
  default Result predict(Image image) {
    return predict(image, PredictOptions.defaults());
  }

  /** Predicts one picture; throws as {@link #predict(List, PredictOptions)} does. */
  default Result predict(Image image, PredictOptions options) {
    Checks.given("image", image);
    return predict(List.of(image), Checks.given("options", options)).get(0);
  }

  /** Reads a picture file and predicts it with {@link PredictOptions#defaults()}. */
  default Result predict(Path file) {
    return predict(file, PredictOptions.defaults());
  }

  /**
   * Reads a picture file as {@link Image#read(Path)} does, and predicts it. Of a file that is
   * predicted more than once keep the {@link Image}: decoding can take as long as the network.
   *
   * @throws YoloException.NotFound if there is no such file
   * @throws YoloException.InvalidImage if it cannot be read
   * @throws YoloException as {@link #predict(List, PredictOptions)} does
   */
  default Result predict(Path file, PredictOptions options) {
    Checks.given("options", options);
    return predict(Image.read(file), options);
  }

  /** Predicts a picture of AWT with {@link PredictOptions#defaults()}. */
  default Result predict(BufferedImage image) {
    return predict(image, PredictOptions.defaults());
  }

  /**
   * Copies a picture as {@link Image#of(BufferedImage)} does, and predicts it; the picture may be
   * changed afterwards.
   *
   * @throws YoloException.InvalidImage if a side is too large
   * @throws YoloException as {@link #predict(List, PredictOptions)} does
   */
  default Result predict(BufferedImage image, PredictOptions options) {
    Checks.given("options", options);
    return predict(Image.of(image), options);
  }

  /** Predicts a source one picture at a time; see {@link #stream(Source, StreamOptions)}. */
  default Stream<Result> stream(Source source) {
    return stream(source, StreamOptions.defaults());
  }

  /**
   * Predicts the pictures and video frames of a source in order, while a background thread decodes
   * the next ones.
   *
   * <pre>{@code
   * try (Stream<Result> results = model.stream(Sources.open("videos/clip.mp4"))) {
   *   results.forEach(result -> System.out.println(result.summary()));
   * }
   * }</pre>
   *
   * <p>Nothing is predicted before a result is requested, and no result is kept. The stream is
   * sequential and has to be closed, which ends decoding and closes the source. Its operations
   * throw as {@link #predict(List, PredictOptions)} does, and for a picture that cannot be read
   * what its {@link Frame#read()} throws, unless the options take failures.
   *
   * <p>It ends between two batches with {@link YoloException.Timeout} when {@link
   * PredictOptions#timeout()} is over since the first request, and with {@link
   * YoloException.Cancelled} when the thread that asks for results is interrupted, which it stays.
   */
  default Stream<Result> stream(Source source, StreamOptions options) {
    ResultIterator results = new ResultIterator(this, source, options);
    int kinds = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(results, kinds), false)
        .onClose(results::close);
  }
}
