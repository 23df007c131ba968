// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.FileNames;
import org.yolotorch.internal.WholeFile;
import org.yolotorch.internal.image.Crop;
import org.yolotorch.internal.image.CropFolder;
import org.yolotorch.internal.image.PictureFile;
import org.yolotorch.internal.image.RotatedCrop;
import org.yolotorch.internal.render.Drawing;
import org.yolotorch.internal.text.CocoJson;
import org.yolotorch.internal.text.ResultCsv;
import org.yolotorch.internal.text.ResultJson;
import org.yolotorch.internal.text.ResultText;

/** What a {@link Result} can be turned into: pictures, texts and files. */
abstract sealed class ResultOutput permits Result {
  abstract Result self();

  /**
   * The picture with what was found drawn onto it, as {@link
   * org.yolotorch.render.Renderer#defaults()} does; for another look use {@link
   * #plot(PlotOptions)}.
   *
   * @return a new picture of the same size, {@link BufferedImage#TYPE_3BYTE_BGR}
   */
  public BufferedImage plot() {
    return Drawing.DEFAULTS.draw(self().image(), self());
  }

  /**
   * The picture with what was found drawn onto it.
   *
   * @param options what is drawn, and how
   * @return a new picture of the same size, {@link BufferedImage#TYPE_3BYTE_BGR}
   * @throws YoloException.NotFound if the options name a font that is not there
   * @throws YoloException.InvalidArgument if they name a file that holds no font
   */
  public BufferedImage plot(PlotOptions options) {
    Checks.given("options", options);
    return new Drawing(options).draw(self().image(), self());
  }

  /**
   * Writes {@link #plot()} to a file of the kind that its name ends with, in upper or lower case:
   * {@code .jpg} and {@code .jpeg} (quality 95), {@code .png}, {@code .bmp}, {@code .tif} and
   * {@code .tiff}. Its folder is made if there is none; the file appears whole or not at all.
   *
   * @throws YoloException.InvalidArgument if the name ends otherwise
   * @throws YoloException.WriteFailed if it cannot be written
   */
  public void save(Path file) {
    PictureFile.check(file);
    PictureFile.write(plot(), file);
  }

  /**
   * The part of the picture around an object: the box enlarged by 2 % and ten pixels in width and
   * in height, clipped to the picture. Around a rotated box it is turned upright by the angle of
   * {@link Obb#xywhr()}, with pixels between those of the picture interpolated and those outside of
   * it black.
   *
   * @return a new picture, {@link BufferedImage#TYPE_3BYTE_BGR}
   */
  public BufferedImage crop(Detection object) {
    Checks.given("object", object);
    return object instanceof Obb obb
        ? RotatedCrop.of(self().image(), obb.xywhr())
        : Crop.of(self().image(), object.xyxy()).toBufferedImage();
  }

  /** As {@link #saveTxt(Path, boolean)}, without confidences. */
  public void saveTxt(Path file) {
    saveTxt(file, false);
  }

  /**
   * Writes {@link #toText(boolean)} to a file, in place of one that was there; none is written for
   * a result without objects. The folder is made if there is none.
   *
   * @throws YoloException.WriteFailed if it cannot be written
   */
  public void saveTxt(Path file, boolean saveConf) {
    Checks.given("file", file);
    String text = toText(saveConf);
    if (!text.isEmpty()) {
      WholeFile.writeText(file, text);
    }
  }

  /**
   * Writes {@link #crop(Detection)} of every object to {@code NAME/STEM.jpg} in a folder, NAME
   * being that of its class and STEM the name of the picture's file without its suffix, {@code im}
   * if it came from none. Where the name is taken, a number follows it; no file is overwritten.
   * Nothing is written for the task classify.
   *
   * @return the files written, in the order of the objects
   * @throws YoloException.WriteFailed if one cannot be written
   */
  public List<Path> saveCrops(Path folder) {
    Checks.given("folder", folder);
    CropFolder crops = new CropFolder(folder, true);
    String stem = self().source().map(FileNames::stem).orElse("im");
    List<Path> files = new ArrayList<>();
    for (Detection object : self().objects()) {
      files.add(crops.write(object.label(), stem, crop(object)));
    }
    return files;
  }

  /**
   * A short summary: the number of objects by class, ascending by class id, such as {@code "4
   * persons, 1 bus"}; {@code "(no detections)"} if there is none. For the task classify the five
   * most probable classes, such as {@code "minibus 0.58, police_van 0.27"}.
   */
  public String summary() {
    return ResultText.summary(self());
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
    return ResultText.labels(self(), saveConf);
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
    return ResultJson.predictions(self());
  }

  /**
   * A JSON object of the name of the picture, {@code image}, of a video the number of the frame,
   * {@code frame}, and its time in milliseconds, {@code time_ms}, and the array of {@link
   * #toJson()}, {@code predictions}.
   */
  public String toJson(String image) {
    Checks.given("image", image);
    return ResultJson.entry(self(), image);
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
    Checks.given("fileName", fileName);
    Checks.given("categories", categories);
    return CocoJson.entries(self(), fileName, categories);
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
    Checks.given("image", image);
    return ResultCsv.rows(self(), image);
  }

  /** The names of the columns of {@link #toCsv(String)}, one line. */
  public static String csvHeader(Task task) {
    Checks.given("task", task);
    return ResultCsv.header(task);
  }
}
