// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.ClassNames;

/**
 * Result of a prediction for one picture. Immutable and thread-safe; it stays valid after the model
 * was closed. It references its picture, so collecting many results keeps as many pictures in
 * memory; texts and lists obtained from a result do not reference it.
 */
public final class Result extends ResultOutput {
  private final Task task;
  private final Image image;
  private final Frame frame;
  private final int imageWidth;
  private final int imageHeight;
  private final ImageSize netSize;
  private final Map<Integer, String> names;
  private final Speed speed;
  private final Detections detections;

  private Result(
      Task task,
      Image image,
      Frame frame,
      ImageSize netSize,
      Map<Integer, String> names,
      Speed speed,
      Detections detections) {
    this.task = Checks.given("task", task);
    this.image = Checks.given("image", image);
    this.frame = frame;
    this.imageWidth = image.width();
    this.imageHeight = image.height();
    this.netSize = Checks.given("netSize", netSize);
    this.names = Checks.given("names", names);
    this.speed = Checks.given("speed", speed);
    this.detections = Checks.given("detections", detections);
  }

  /**
   * Makes a result, such as for a test, of a picture that the network saw in its own size in no
   * time.
   *
   * @param task task of the model, which determines what {@code detections} hold
   * @param image the picture, each side at most {@value ImageSize#MAX_SIDE} pixels
   * @param names class names by class id, ascending; not to be changed afterwards
   * @param detections what was found
   */
  public static Result of(
      Task task, Image image, Map<Integer, String> names, Detections detections) {
    Checks.given("image", image);
    ImageSize size = new ImageSize(image.height(), image.width());
    return of(task, image, size, names, new Speed(0, 0, 0), detections);
  }

  /**
   * Makes a result, such as for a test.
   *
   * @param task task of the model, which determines what {@code detections} hold
   * @param image the picture
   * @param netSize size the network saw, in pixels
   * @param names class names by class id, ascending; not to be changed afterwards
   * @param speed milliseconds per picture
   * @param detections what was found
   */
  public static Result of(
      Task task,
      Image image,
      ImageSize netSize,
      Map<Integer, String> names,
      Speed speed,
      Detections detections) {
    return new Result(task, image, null, netSize, names, speed, detections);
  }

  /**
   * This result with the position of its picture in a source, which {@link #frame()} then returns.
   */
  public Result at(Frame place) {
    return new Result(task, image, Checks.given("place", place), netSize, names, speed, detections);
  }

  /** The same picture with other detections, and the time spent on them. */
  public Result with(Detections others, Speed spent) {
    Checks.given("others", others);
    Checks.given("spent", spent);
    return new Result(task, image, frame, netSize, names, spent, others);
  }

  /** Task of the model, which determines what else is present. */
  public Task task() {
    return task;
  }

  /** Detected objects, most confident first; none for the tasks obb and classify. */
  public List<Box> boxes() {
    return detections.boxes();
  }

  /** Pixels of the objects: for the task segment one per box in the same order, else none. */
  public List<Mask> masks() {
    return detections.masks();
  }

  /** Points of the objects: for the task pose one set per box in the same order, else none. */
  public List<Keypoints> keypoints() {
    return detections.keypoints();
  }

  /** Detected objects of the task obb, most confident first; none for any other. */
  public List<Obb> obbs() {
    return detections.obbs();
  }

  /** Class probabilities of the picture, for the task classify alone. */
  public Optional<Probs> probs() {
    return Optional.ofNullable(detections.probs());
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
    return frame == null ? image.source() : frame.file();
  }

  /** The picture. */
  public Image image() {
    return image;
  }

  /**
   * Position of the picture in its source, if the result is from {@link Yolo#stream(Source)} or
   * {@link #at(Frame)}.
   */
  public Optional<Frame> frame() {
    return Optional.ofNullable(frame);
  }

  /** The detected objects, upright or rotated, most confident first; none for classify. */
  public List<Detection> objects() {
    return List.copyOf(obbs().isEmpty() ? boxes() : obbs());
  }

  /**
   * This result with the objects alone that a condition holds for, such as {@code box ->
   * box.xyxy().area() > 1000}. They keep their order, masks and points; the probabilities of the
   * task classify stay.
   */
  public Result filter(Predicate<? super Detection> wanted) {
    return with(detections.filter(wanted), speed);
  }

  /** This result with the objects alone that are more confident than this, 0 to 1. */
  public Result filterConfidence(double conf) {
    Checks.fraction("conf", conf);
    return filter(object -> object.confidence() > conf);
  }

  /** This result with the objects of these classes alone; no id at all keeps none. */
  public Result filterClasses(int... ids) {
    int[] wanted = Checks.given("ids", ids).clone();
    return filter(object -> Arrays.stream(wanted).anyMatch(id -> id == object.classId()));
  }

  /**
   * This result with the objects alone whose class has one of these names.
   *
   * @throws YoloException.InvalidArgument if no class of {@link #names()} is called so
   */
  public Result filterClasses(String name, String... more) {
    List<String> wanted = ClassNames.list(name, more);
    Set<Integer> ids = Set.copyOf(ClassNames.ids(wanted, names));
    return filter(object -> ids.contains(object.classId()));
  }

  /** Boxes, masks and points as arrays of numbers. */
  public ResultArrays arrays() {
    return new ResultArrays(this);
  }

  @Override
  Result self() {
    return this;
  }

  @Override
  public String toString() {
    return "Result[" + task + " " + netSize + " " + summary() + boxes() + obbs() + "]";
  }
}
