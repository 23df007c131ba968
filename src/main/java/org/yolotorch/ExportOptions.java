// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.nio.file.Path;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.ExportChecks;
import org.yolotorch.internal.Natives;
import org.yolotorch.internal.PathText;
import org.yolotorch.internal.bridge.Settings;

/**
 * How to export a model; names, defaults and ranges are those of the command line. Immutable and
 * thread-safe. Build one with {@link #builder()}: the constructor grows with every new option.
 *
 * @param format kind of file to write, in any case; {@code torchscript}
 * @param imgsz size of the network input in pixels, or null, the default, for the one the model was
 *     trained with. Each side is rounded up to a multiple of the model's stride. Without {@code
 *     dynamic} the archive takes this size alone
 * @param batch pictures per batch that the archive states in its metadata; 1 to {@value
 *     #MAX_BATCH}, default 1. The archive takes any number
 * @param device a device that must exist, without effect on the archive: it is traced on the CPU
 *     and names no device; default {@code cpu}
 * @param file file to write, replaced if it exists; null, the default, for one beside the model
 *     with its suffix changed
 * @param dynamic whether the archive takes every input size whose sides are multiples of the
 *     stride; default false. Anchors are then computed in every call instead of being stored
 * @param nms whether the archive contains the non-maximum suppression and gives final detections;
 *     default false. For callers without one of their own; not for the task classify
 * @param conf with {@code nms}: minimum confidence where a caller of the archive names none; 0 to
 *     1, default 0.25
 * @param iou with {@code nms}: maximum overlap of kept boxes where a caller names none; 0 to 1,
 *     default 0.7
 * @param maxDet with {@code nms}: maximum number of detections per picture where a caller names
 *     none; 1 to {@value PredictOptions#MAX_DET_LIMIT}, default 300
 * @param agnosticNms with {@code nms}: whether overlapping boxes of different classes are dropped
 *     too where a caller does not say; default false
 * @param half whether weights are stored in half precision; default false. The file has half the
 *     size and the weights lose accuracy; inputs and results keep their type
 * @param optimize whether the archive is frozen and can be opened by the lite interpreter, too;
 *     default false. For phones; not on a GPU
 * @param pipeline whether the archive takes one uint8 picture (height, width, 3) of any size and
 *     gives final detections in its pixels; default false. Implies {@code nms} but for the task
 *     classify. For programs with LibTorch alone: {@link Yolo} does not predict with such archives
 * @param script file of TorchScript source that defines {@code forward} around {@code
 *     self.network(x)}; null, the default, for none. An archive that uses operators beyond those of
 *     YOLO opens with {@link LoadOptions#trusted()} only
 * @param layers layers to export, as {@code FIRST-LAST} or one number; null, the default, for all.
 *     An archive of some layers gives features and cannot predict
 */
public record ExportOptions(
    String format,
    ImageSize imgsz,
    int batch,
    String device,
    Path file,
    boolean dynamic,
    boolean nms,
    double conf,
    double iou,
    int maxDet,
    boolean agnosticNms,
    boolean half,
    boolean optimize,
    boolean pipeline,
    Path script,
    String layers) {
  /** The only format written so far. */
  public static final String TORCHSCRIPT = "torchscript";

  /** The largest {@link #batch()} accepted. */
  public static final int MAX_BATCH = Natives.YOLOTORCH_MAX_BATCH;

  private static final ExportOptions DEFAULTS = new Builder().build();

  /**
   * Checks every option.
   *
   * @throws YoloException.InvalidArgument if one is out of its range or contradicts another
   */
  public ExportOptions {
    format = ExportChecks.format(Checks.given("format", format));
    Checks.range("batch", batch, 1, MAX_BATCH);
    Checks.line("device", device);
    Checks.fraction("conf", conf);
    Checks.fraction("iou", iou);
    Checks.range("max_det", maxDet, 1, PredictOptions.MAX_DET_LIMIT);
    if (file != null) {
      Checks.line("file", PathText.of(file));
    }
    if (script != null) {
      Checks.line("script", PathText.of(script));
    }
    if (layers != null) {
      ExportChecks.layers(layers);
    }
    ExportChecks.contradictions(nms, dynamic, pipeline, script != null, layers != null);
    if (optimize) {
      ExportChecks.optimize(device);
    }
    if (!nms && !pipeline) {
      ExportChecks.needsNms("conf", conf != Builder.CONF);
      ExportChecks.needsNms("iou", iou != Builder.IOU);
      ExportChecks.needsNms("max_det", maxDet != Builder.MAX_DET);
      ExportChecks.needsNms("agnostic_nms", agnosticNms);
    }
  }

  /** Every option at its default. */
  public static ExportOptions defaults() {
    return DEFAULTS;
  }

  /** A builder with every option at its default. */
  public static Builder builder() {
    return new Builder();
  }

  String settings() {
    return new Settings()
        .put(Natives.KEY_BATCH, batch)
        .put(Natives.KEY_DEVICE, device)
        .put(Natives.KEY_IMGSZ, imgsz == null ? null : imgsz.height() + "," + imgsz.width())
        .put(Natives.KEY_FILE, file == null ? null : PathText.of(file))
        .put(Natives.KEY_DYNAMIC, dynamic)
        .put(Natives.KEY_NMS, nms)
        .put(Natives.KEY_CONF, conf)
        .put(Natives.KEY_IOU, iou)
        .put(Natives.KEY_MAX_DET, maxDet)
        .put(Natives.KEY_AGNOSTIC_NMS, agnosticNms)
        .put(Natives.KEY_HALF, half)
        .put(Natives.KEY_OPTIMIZE, optimize)
        .put(Natives.KEY_PIPELINE, pipeline)
        .put(Natives.KEY_SCRIPT, script == null ? null : PathText.of(script))
        .put(Natives.KEY_LAYERS, layers)
        .toString();
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private static final double CONF = Natives.YOLOTORCH_DEFAULT_CONF;
    private static final double IOU = Natives.YOLOTORCH_DEFAULT_IOU;
    private static final int MAX_DET = Natives.YOLOTORCH_DEFAULT_MAX_DET;

    private String format = TORCHSCRIPT;
    private ImageSize imgsz;
    private int batch = 1;
    private String device = "cpu";
    private Path file;
    private boolean dynamic;
    private boolean nms;
    private Double conf;
    private Double iou;
    private Integer maxDet;
    private boolean agnosticNms;
    private boolean half;
    private boolean optimize;
    private boolean pipeline;
    private Path script;
    private String layers;

    private Builder() {}

    /** Sets {@link ExportOptions#format()}. */
    public Builder format(String value) {
      format = value;
      return this;
    }

    /** Sets {@link ExportOptions#imgsz()}; null takes the model's own. */
    public Builder imgsz(ImageSize value) {
      imgsz = value;
      return this;
    }

    /** Sets {@link ExportOptions#imgsz()} to a square of this side in pixels. */
    public Builder imgsz(int side) {
      return imgsz(ImageSize.square(side));
    }

    /** Sets {@link ExportOptions#batch()}. */
    public Builder batch(int value) {
      batch = value;
      return this;
    }

    /** Sets {@link ExportOptions#device()}. */
    public Builder device(String value) {
      device = value;
      return this;
    }

    /** Sets {@link ExportOptions#file()}; null writes beside the model. */
    public Builder file(Path value) {
      file = value;
      return this;
    }

    /** Sets {@link ExportOptions#dynamic()}. */
    public Builder dynamic(boolean value) {
      dynamic = value;
      return this;
    }

    /** Sets {@link ExportOptions#nms()}. */
    public Builder nms(boolean value) {
      nms = value;
      return this;
    }

    /** Sets {@link ExportOptions#conf()}; needs nms or pipeline. */
    public Builder conf(double value) {
      conf = value;
      return this;
    }

    /** Sets {@link ExportOptions#iou()}; needs nms or pipeline. */
    public Builder iou(double value) {
      iou = value;
      return this;
    }

    /** Sets {@link ExportOptions#maxDet()}; needs nms or pipeline. */
    public Builder maxDet(int value) {
      maxDet = value;
      return this;
    }

    /** Sets {@link ExportOptions#agnosticNms()}; needs nms or pipeline. */
    public Builder agnosticNms(boolean value) {
      agnosticNms = value;
      return this;
    }

    /** Sets {@link ExportOptions#half()}. */
    public Builder half(boolean value) {
      half = value;
      return this;
    }

    /** Sets {@link ExportOptions#optimize()}. */
    public Builder optimize(boolean value) {
      optimize = value;
      return this;
    }

    /** Sets {@link ExportOptions#pipeline()}. */
    public Builder pipeline(boolean value) {
      pipeline = value;
      return this;
    }

    /** Sets {@link ExportOptions#script()}; null for none. */
    public Builder script(Path value) {
      script = value;
      return this;
    }

    /** Sets {@link ExportOptions#layers()}; null for all. */
    public Builder layers(String value) {
      layers = value;
      return this;
    }

    /**
     * The options collected so far.
     *
     * @throws YoloException.InvalidArgument if one is out of its range or contradicts another
     */
    public ExportOptions build() {
      if (!nms && !pipeline) {
        // Even at its default: whoever names one expects the archive to do it.
        ExportChecks.needsNms("conf", conf != null);
        ExportChecks.needsNms("iou", iou != null);
        ExportChecks.needsNms("max_det", maxDet != null);
      }
      return new ExportOptions(
          format,
          imgsz,
          batch,
          device,
          file,
          dynamic,
          nms,
          conf == null ? CONF : conf,
          iou == null ? IOU : iou,
          maxDet == null ? MAX_DET : maxDet,
          agnosticNms,
          half,
          optimize,
          pipeline,
          script,
          layers);
    }
  }
}
