// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model found in one picture. Immutable and thread-safe; it holds no native memory and stays
 * valid after the model was closed.
 */
public final class Result {
  private final Task task;
  private final Path source;
  private final int imageWidth;
  private final int imageHeight;
  private final ImageSize netSize;
  private final Map<Integer, String> names;
  private final Speed speed;
  private final Findings findings;
  private final long nativeNanos;

  Result(
      Task task,
      Image image,
      ImageSize netSize,
      Map<Integer, String> names,
      Speed speed,
      Findings findings,
      long nativeNanos) {
    this.task = task;
    this.source = image.source().orElse(null);
    this.imageWidth = image.width();
    this.imageHeight = image.height();
    this.netSize = netSize;
    this.names = names;
    this.speed = speed;
    this.findings = findings;
    this.nativeNanos = nativeNanos;
  }

  /** Task of the model, which tells what else is here. */
  public Task task() {
    return task;
  }

  /** Detected objects, most confident first; none for the tasks obb and classify. */
  public List<Box> boxes() {
    return findings.boxes();
  }

  /** Pixels of the objects: for the task segment one a box in the same order, else none. */
  public List<Mask> masks() {
    return findings.masks();
  }

  /** Points of the objects: for the task pose one set a box in the same order, else none. */
  public List<Keypoints> keypoints() {
    return findings.keypoints();
  }

  /** Detected objects of the task obb, most confident first; none for any other. */
  public List<Obb> obbs() {
    return findings.obbs();
  }

  /** Class probabilities of the picture, for the task classify alone. */
  public Optional<Probs> probs() {
    return Optional.ofNullable(findings.probs());
  }

  /** Class names of the model by class id, ascending. */
  public Map<Integer, String> names() {
    return names;
  }

  /** Width of the picture in pixels, after its EXIF orientation was applied. */
  public int imageWidth() {
    return imageWidth;
  }

  /** Height of the picture in pixels, after its EXIF orientation was applied. */
  public int imageHeight() {
    return imageHeight;
  }

  /** Size the network saw, in pixels. */
  public ImageSize netSize() {
    return netSize;
  }

  /** Milliseconds per picture of the batch this picture was in. */
  public Speed speed() {
    return speed;
  }

  /** The file the picture was read from, if it came from a file. */
  public Optional<Path> source() {
    return Optional.ofNullable(source);
  }

  /**
   * The result in a few words: the number of objects by class, ascending by class id and each
   * followed by a comma and a blank, such as {@code "4 persons, 1 bus, "}; {@code "(no detections),
   * "} if there is none. For the task classify the five most probable classes, such as {@code
   * "minibus 0.58, police_van 0.27, "}.
   */
  public String summary() {
    return ResultText.summary(this);
  }

  /**
   * The objects as YOLO label lines, one line feed a line, numbers with six significant digits and
   * lengths normalised to 0 to 1: class id, then
   *
   * <ul>
   *   <li>detect: centre x and y, width, height;
   *   <li>segment: x and y of every point of the outline;
   *   <li>pose: the box as for detect, then x, y and, if the model tells it, visibility of every
   *       point;
   *   <li>obb: x and y of the four corners;
   * </ul>
   *
   * then, if {@code saveConf}, the confidence. For classify instead the five most probable classes
   * with their probability before the name, such as {@code 0.92 tench}.
   */
  public String toText(boolean saveConf) {
    return ResultText.labels(this, saveConf);
  }

  /**
   * The objects as a JSON array, lengths in pixels of the picture and numbers with at most five
   * decimal places: {@code name}, {@code class}, {@code confidence}, {@code box} ({@code x1, y1,
   * x2, y2}; for obb the corners to {@code x4, y4}), for segment {@code segments} ({@code x} and
   * {@code y}, each an array) and for pose {@code keypoints} ({@code x}, {@code y} and, if the
   * model tells it, {@code visible}). For classify one entry, the most probable class, without a
   * box.
   */
  public String toJson() {
    return ResultJson.predictions(this);
  }

  /**
   * A JSON object of the name of the picture, {@code image}, and the array of {@link #toJson()},
   * {@code predictions}.
   */
  public String toJson(String image) {
    return ResultJson.entry(this, image);
  }

  /** Nanoseconds the native call took, for measuring what Java adds to it. */
  long nativeNanos() {
    return nativeNanos;
  }

  @Override
  public String toString() {
    return "Result[" + task + " " + netSize + " " + summary() + boxes() + obbs() + "]";
  }
}
