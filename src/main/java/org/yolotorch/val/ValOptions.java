// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yolotorch.ImageSize;
import org.yolotorch.MaskFrame;
import org.yolotorch.ModelInfo;
import org.yolotorch.PredictOptions;
import org.yolotorch.Predictor;
import org.yolotorch.Task;
import org.yolotorch.Validation;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.Natives;

/**
 * How to measure the accuracy of a model; names, defaults and ranges are those of the command line.
 * Immutable and thread-safe. Build one with {@link #builder(Path)}: the constructor grows with
 * every new option.
 *
 * @param data the {@code data.yaml} of a data set; for the task classify the folder that holds
 *     {@code train}, {@code val} and so on, each with one folder per class. What is not where it
 *     says is looked for in the folders that the environment variable {@code YOLOTORCH_DATASETS}
 *     names, by default {@code datasets}
 * @param split part of the data set to measure on: {@code val}, {@code test} or {@code train};
 *     default {@code val}, for which the task classify takes {@code validation}, {@code valid} or
 *     else {@code test}, with a warning, where there is no such folder
 * @param imgsz size of the network input in pixels, or null, the default, for the model's own. Each
 *     side is rounded up to a multiple of the model's stride. The time of the network grows with
 *     height x width, and the metrics depend on the size
 * @param batch pictures per native call, 1 to {@value #MAX_BATCH}; 0, the default, takes 16 for a
 *     checkpoint and what an archive was exported with. No influence on the metrics; memory grows
 *     with it
 * @param conf minimum confidence of a detection, 0 to 1; null, the default, takes 0.001, for the
 *     task obb 0.01. A higher value takes less time, but cuts the precision-recall curve and lowers
 *     mAP
 * @param iou maximum overlap of kept detections of a class; 0 to 1, default 0.7
 * @param maxDet maximum number of detections per picture, the most confident ones; default 300
 * @param classes class ids to measure; empty, the default, measures all
 * @param agnosticNms whether overlapping boxes of different classes are dropped too; default false
 * @param singleCls whether all classes count as one; default false
 * @param pictureMasks for the task segment: whether masks are made and compared in the pixels of
 *     the picture instead of a quarter of the network's input; default false. Finer and slower; the
 *     results that a {@link ValListener} gets hold such masks, too
 * @param rect whether a batch is padded to a rectangle around its pictures instead of to a square;
 *     default false. Pictures are then predicted in the order of their shapes, as Ultralytics' val
 *     does by default, and take less time. For all tasks but classify, where the model takes other
 *     input sizes. The longer side of a picture gets as many pixels as the longer side of {@code
 *     imgsz} has, with a margin of half a stride
 */
public record ValOptions(
    Path data,
    String split,
    ImageSize imgsz,
    int batch,
    Double conf,
    double iou,
    int maxDet,
    List<Integer> classes,
    boolean agnosticNms,
    boolean singleCls,
    boolean pictureMasks,
    boolean rect)
    implements Validation<ValListener, ValResult> {
  /** The largest {@link #batch()} accepted. */
  public static final int MAX_BATCH = Natives.YOLOTORCH_MAX_BATCH;

  private static final double CONF = 0.001;
  private static final double OBB_CONF = 0.01;

  /**
   * Checks every option.
   *
   * @throws YoloException.InvalidArgument if one is out of its range
   */
  public ValOptions {
    Checks.given("data", data);
    Checks.given("split", split);
    classes = Checks.all("classes", classes);
    if (!split.equals("val") && !split.equals("test") && !split.equals("train")) {
      throw new YoloException.InvalidArgument(
          "split must be val, test or train, but was '" + split + "'; choose one of these.");
    }
    Checks.range("batch", batch, 0, MAX_BATCH);
    // The other ranges are those of a prediction, which checks them.
    predictOptions(Task.DETECT, conf, iou, imgsz, maxDet, classes, agnosticNms, pictureMasks);
  }

  /** Measures a model; see {@link Yolo#val(Validation, Object)}. */
  @Override
  public ValResult run(Yolo model, Predictor measured, ValListener listener) {
    Checks.given("model", model);
    Checks.given("measured", measured);
    Checks.given("listener", listener);
    return Validator.run(model.info(), measured, this, listener);
  }

  /**
   * Measures what something predicts that is no open model, such as a network that is still
   * trained.
   *
   * @param info what {@code measured} predicts
   * @param measured predicts as {@link org.yolotorch.Validation#run} asks for
   * @param listener receives the progress, on this thread
   */
  public ValResult run(ModelInfo info, Predictor measured, ValListener listener) {
    Checks.given("info", info);
    Checks.given("measured", measured);
    Checks.given("listener", listener);
    return Validator.run(info, measured, this, listener);
  }

  /** A listener that does nothing. */
  @Override
  public ValListener silent() {
    return new ValListener() {};
  }

  /**
   * How the pictures are predicted for a model of this task.
   *
   * @param side of the square that pictures are scaled into, where batches get rectangles; else 0
   */
  PredictOptions predictOptions(Task task, int side) {
    PredictOptions options =
        predictOptions(
            task, conf, iou, imgsz, maxDet, classes, agnosticNms || singleCls, pictureMasks);
    return side == 0 ? options : options.toBuilder().imgsz(side).rect(true).build();
  }

  private static PredictOptions predictOptions(
      Task task,
      Double conf,
      double iou,
      ImageSize imgsz,
      int maxDet,
      List<Integer> classes,
      boolean agnosticNms,
      boolean pictureMasks) {
    double least = task == Task.OBB ? OBB_CONF : CONF;
    PredictOptions.Builder builder =
        PredictOptions.builder()
            .conf(conf == null ? least : conf)
            .iou(iou)
            .imgsz(imgsz)
            .maxDet(maxDet)
            .classes(classes.stream().mapToInt(Integer::intValue).toArray())
            .agnosticNms(agnosticNms)
            .rect(false);
    return task != Task.SEGMENT
        ? builder.build()
        : pictureMasks
            ? builder.retinaMasks(true).build()
            : builder.maskFrame(MaskFrame.QUARTER).build();
  }

  /** Every option at its default, for this data set. */
  public static ValOptions of(Path data) {
    return builder(data).build();
  }

  /** A builder with every option at its default, for this data set. */
  public static Builder builder(Path data) {
    return new Builder(Checks.given("data", data));
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private final Path data;
    private String split = "val";
    private ImageSize imgsz;
    private int batch;
    private Double conf;
    private double iou = Natives.YOLOTORCH_DEFAULT_IOU;
    private int maxDet = Natives.YOLOTORCH_DEFAULT_MAX_DET;
    private List<Integer> classes = List.of();
    private boolean agnosticNms;
    private boolean singleCls;
    private boolean pictureMasks;
    private boolean rect;

    private Builder(Path data) {
      this.data = data;
    }

    /** Sets {@link ValOptions#split()}. */
    public Builder split(String value) {
      split = value;
      return this;
    }

    /** Sets {@link ValOptions#imgsz()}; null takes the model's own. */
    public Builder imgsz(ImageSize value) {
      imgsz = value;
      return this;
    }

    /** Sets {@link ValOptions#batch()}. */
    public Builder batch(int value) {
      batch = value;
      return this;
    }

    /** Sets {@link ValOptions#conf()}; null takes the default of the task. */
    public Builder conf(Double value) {
      conf = value;
      return this;
    }

    /** Sets {@link ValOptions#iou()}. */
    public Builder iou(double value) {
      iou = value;
      return this;
    }

    /** Sets {@link ValOptions#maxDet()}. */
    public Builder maxDet(int value) {
      maxDet = value;
      return this;
    }

    /** Sets {@link ValOptions#classes()}; no id at all measures every class. */
    public Builder classes(int... ids) {
      Checks.given("ids", ids);
      List<Integer> list = new ArrayList<>(ids.length);
      for (int id : ids) {
        list.add(id);
      }
      classes = list;
      return this;
    }

    /** Sets {@link ValOptions#agnosticNms()}. */
    public Builder agnosticNms(boolean value) {
      agnosticNms = value;
      return this;
    }

    /** Sets {@link ValOptions#singleCls()}. */
    public Builder singleCls(boolean value) {
      singleCls = value;
      return this;
    }

    /** Sets {@link ValOptions#pictureMasks()}. */
    public Builder pictureMasks(boolean value) {
      pictureMasks = value;
      return this;
    }

    /** Sets {@link ValOptions#rect()}. */
    public Builder rect(boolean value) {
      rect = value;
      return this;
    }

    /**
     * The options collected so far.
     *
     * @throws YoloException.InvalidArgument if one is out of its range
     */
    public ValOptions build() {
      return new ValOptions(
          data,
          split,
          imgsz,
          batch,
          conf,
          iou,
          maxDet,
          classes,
          agnosticNms,
          singleCls,
          pictureMasks,
          rect);
    }
  }
}
