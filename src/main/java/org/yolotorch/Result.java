// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a model found in one picture. Immutable and thread-safe; it holds no native memory and stays
 * valid after the model was closed.
 */
public final class Result {
  private final Path source;
  private final int imageWidth;
  private final int imageHeight;
  private final ImageSize netSize;
  private final Map<Integer, String> names;
  private final Speed speed;
  private final List<Box> boxes;
  private final long nativeNanos;

  Result(
      Image image,
      ImageSize netSize,
      Map<Integer, String> names,
      Speed speed,
      List<Box> boxes,
      long nativeNanos) {
    this.source = image.source().orElse(null);
    this.imageWidth = image.width();
    this.imageHeight = image.height();
    this.netSize = netSize;
    this.names = names;
    this.speed = speed;
    this.boxes = List.copyOf(boxes);
    this.nativeNanos = nativeNanos;
  }

  /** Detected objects, most confident first. */
  public List<Box> boxes() {
    return boxes;
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
   * Number of objects by class, ascending by class id and each followed by a comma and a blank,
   * such as {@code "4 persons, 1 bus, "}; {@code "(no detections), "} if there is none.
   */
  public String summary() {
    if (boxes.isEmpty()) {
      return "(no detections), ";
    }
    Map<Integer, Integer> counts = new TreeMap<>();
    for (Box box : boxes) {
      Integer count = counts.get(box.classId());
      counts.put(box.classId(), count == null ? 1 : count + 1);
    }
    StringBuilder text = new StringBuilder();
    for (Map.Entry<Integer, Integer> entry : counts.entrySet()) {
      text.append(entry.getValue()).append(' ').append(names.get(entry.getKey()));
      text.append(entry.getValue() > 1 ? "s, " : ", ");
    }
    return text.toString();
  }

  /**
   * The objects as YOLO label lines: class id, then centre, width and height normalised to 0 to 1,
   * then, if {@code saveConf}, the confidence; six significant digits, one line feed a line.
   */
  public String toText(boolean saveConf) {
    StringBuilder text = new StringBuilder();
    for (Box box : boxes) {
      Xywh place = box.xywhn();
      text.append(box.classId());
      LabelNumber.append(text.append(' '), place.x());
      LabelNumber.append(text.append(' '), place.y());
      LabelNumber.append(text.append(' '), place.width());
      LabelNumber.append(text.append(' '), place.height());
      if (saveConf) {
        LabelNumber.append(text.append(' '), box.confidence());
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Nanoseconds the native call took, for measuring what Java adds to it. */
  long nativeNanos() {
    return nativeNanos;
  }

  @Override
  public String toString() {
    return "Result[" + netSize + " " + summary() + boxes + "]";
  }
}
