// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.yolotorch.internal.image.Crop;
import org.yolotorch.internal.image.PictureFile;
import org.yolotorch.internal.render.Drawing;
import org.yolotorch.internal.text.CocoJson;
import org.yolotorch.internal.text.ResultCsv;
import org.yolotorch.internal.text.ResultJson;
import org.yolotorch.internal.text.ResultText;

/**
 * Result of a prediction for one picture. Immutable and thread-safe; it stays valid after the model
 * was closed. It references its picture, so collecting many results keeps as many pictures in
 * memory; texts and lists obtained from a result do not reference it.
 */
public final class Result {
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
    this.task = task;
    this.image = image;
    this.frame = frame;
    this.imageWidth = image.width();
    this.imageHeight = image.height();
    this.netSize = netSize;
    this.names = names;
    this.speed = speed;
    this.detections = detections;
  }

  /**
   * Makes a result, such as for a test.
   *
   * @param task task of the model, which determines what {@code detections} hold
   * @param image the picture
   * @param netSize size the network saw, in pixels
   * @param names class names by class id, ascending
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
    return new Result(task, image, place, netSize, names, speed, detections);
  }

  /** The same picture with other detections, and the time spent on them. */
  public Result with(Detections others, Speed spent) {
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

  /**
   * The picture with what was found drawn onto it, as {@link
   * org.yolotorch.render.Renderer#defaults()} does; for another look use {@link
   * org.yolotorch.render.Renderer#render(Image, Result)}.
   *
   * @return a new picture of the same size, {@link BufferedImage#TYPE_3BYTE_BGR}
   */
  public BufferedImage plot() {
    return Drawing.DEFAULTS.draw(image, this);
  }

  /**
   * Writes {@link #plot()} to a file, PNG if its name ends so, else JPEG.
   *
   * @throws YoloException.WriteFailed if it cannot be written
   */
  public void save(Path file) {
    PictureFile.write(plot(), file);
  }

  /**
   * The part of the picture around an object: the box enlarged by 2 % and ten pixels in width and
   * in height, clipped to the picture.
   *
   * @return a new picture, {@link BufferedImage#TYPE_3BYTE_BGR}
   */
  public BufferedImage crop(Box box) {
    return Crop.of(image, box.xyxy()).toBufferedImage();
  }

  /**
   * A short summary: the number of objects by class, ascending by class id and each followed by a
   * comma and a blank, such as {@code "4 persons, 1 bus, "}; {@code "(no detections), "} if there
   * is none. For the task classify the five most probable classes, such as {@code "minibus 0.58,
   * police_van 0.27, "}.
   */
  public String summary() {
    return ResultText.summary(this);
  }

  /**
   * The objects in the format of YOLO label files, one line each, ended by a line feed. Numbers
   * have six significant digits, lengths are normalised to 0 to 1. A line holds the class id, then
   *
   * <ul>
   *   <li>detect: centre x and y, width, height;
   *   <li>segment: x and y of every point of the outline;
   *   <li>pose: the box as for detect, then x, y and, if the model predicts it, visibility of every
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
   * model predicts it, {@code visible}). For classify one entry, the most probable class, without a
   * box.
   */
  public String toJson() {
    return ResultJson.predictions(this);
  }

  /**
   * A JSON object of the name of the picture, {@code image}, of a video the number of the frame,
   * {@code frame}, and its time in milliseconds, {@code time_ms}, and the array of {@link
   * #toJson()}, {@code predictions}.
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
   * The objects as lines of comma-separated values, below {@link #csvHeader(Task)}: name of the
   * picture, number of the frame in its video (empty for a picture), class id, class name,
   * confidence, and, but for classify, the corners of the box in pixels ({@code x1,y1,x2,y2}; for
   * obb four of them). Texts are quoted where they have to be.
   *
   * @param image what to call the picture
   */
  public String toCsv(String image) {
    return ResultCsv.rows(this, image);
  }

  /** The names of the columns of {@link #toCsv(String)}, one line. */
  public static String csvHeader(Task task) {
    return ResultCsv.header(task);
  }

  @Override
  public String toString() {
    return "Result[" + task + " " + netSize + " " + summary() + boxes() + obbs() + "]";
  }
}
