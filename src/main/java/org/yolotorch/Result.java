// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

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

  /** As another result, with other findings. */
  private Result(Result from, Findings findings) {
    this.task = from.task;
    this.source = from.source;
    this.imageWidth = from.imageWidth;
    this.imageHeight = from.imageHeight;
    this.netSize = from.netSize;
    this.names = from.names;
    this.speed = from.speed;
    this.findings = findings;
    this.nativeNanos = from.nativeNanos;
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

  /**
   * The objects as entries of COCO's results format, a JSON object each: {@code image_id} (the file
   * name without its suffix, as a number if it is one), {@code file_name}, {@code category_id},
   * {@code bbox} (left, top, width, height in pixels of the picture), {@code score}, and for
   * segment {@code segmentation} (the mask's run lengths, compressed as COCO does), for pose {@code
   * keypoints}; for obb {@code rbox} (centre, width, height, angle) and {@code poly} (the corners)
   * in place of {@code bbox}. None for classify.
   *
   * @param fileName name of the picture's file, without folders
   * @param categories category id of a class id
   */
  public List<String> toCoco(String fileName, IntUnaryOperator categories) {
    return CocoJson.entries(this, fileName, categories);
  }

  /**
   * This result with boxes and keypoints clipped to the picture, as they already are unless {@link
   * PredictOptions#valLetterbox()} was asked for. Rotated boxes are never clipped.
   */
  public Result clipped() {
    List<Box> boxes = findings.boxes().stream().map(this::clipped).toList();
    List<Keypoints> keypoints = findings.keypoints().stream().map(this::clipped).toList();
    Findings inside =
        new Findings(boxes, findings.masks(), keypoints, findings.obbs(), findings.probs());
    return new Result(this, inside);
  }

  private Box clipped(Box box) {
    Xyxy at = box.xyxy();
    Xyxy inside = new Xyxy(clipX(at.x1()), clipY(at.y1()), clipX(at.x2()), clipY(at.y2()));
    return new Box(box.classId(), box.label(), box.confidence(), inside, imageWidth, imageHeight);
  }

  private Keypoints clipped(Keypoints pose) {
    List<Keypoint> points =
        pose.points().stream()
            .map(point -> new Keypoint(clipX(point.x()), clipY(point.y()), point.visibility()))
            .toList();
    return new Keypoints(points, imageWidth, imageHeight);
  }

  private float clipX(float x) {
    return Math.min(Math.max(x, 0), imageWidth);
  }

  private float clipY(float y) {
    return Math.min(Math.max(y, 0), imageHeight);
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
