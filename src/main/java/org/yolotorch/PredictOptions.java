// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.ClassNames;
import org.yolotorch.internal.Natives;

/**
 * How to predict; names, defaults and ranges are those of the command line. Immutable and
 * thread-safe. Build one with {@link #builder()}: the constructor grows with every new option.
 *
 * @param conf minimum confidence: a detection is kept if its confidence is greater; 0 to 1, default
 *     0.25. A lower value leaves more candidates to the non-maximum suppression, which then takes
 *     longer
 * @param iou maximum overlap (intersection over union): of two detections of a class that overlap
 *     more, the less confident one is dropped; 0 to 1, default 0.7. A higher value keeps more
 *     duplicates
 * @param imgsz size of the network input in pixels, or null, the default, for the model's own. Each
 *     side is rounded up to a multiple of the model's stride, such as 100 to 128 for a stride of
 *     32; {@link Result#netSize()} tells what it became. The time of the network grows with height
 *     x width
 * @param maxDet maximum number of detections per picture, the most confident ones; 1 to {@value
 *     #MAX_DET_LIMIT}, default 300. For the task segment each one kept costs a mask
 * @param classes class ids to keep; empty, the default, keeps all
 * @param agnosticNms whether the non-maximum suppression drops overlapping boxes of different
 *     classes too; default false. Use it where an object must not be reported under two classes
 * @param retinaMasks whether masks are computed at the picture's resolution instead of being
 *     enlarged from the network's: cleaner edges; default false. The time per mask grows with the
 *     object's area in the picture
 * @param maskFrame pixels that masks are made of; default the picture's
 * @param rect whether a picture is padded to the smallest rectangle that the network takes, instead
 *     of to the whole of {@code imgsz}; default true, as Ultralytics predicts with a checkpoint.
 *     The network takes less time for wide and high pictures. It has an effect where the model
 *     takes other input sizes (a checkpoint, an architecture or a dynamic archive), all pictures of
 *     a batch are of one size, and the task is not classify
 * @param tile side in pixels of the square tiles that are predicted besides the whole picture, so
 *     that small objects are found; {@value #MIN_TILE} to {@value ImageSize#MAX_SIDE}, or 0, the
 *     default, for none. Costs one run of the network per tile. Not for the task classify
 * @param overlap least part of a tile that the next tile shares with it, 0 to {@value
 *     #MAX_OVERLAP}; default 0.2. An object that fits into the overlap is whole in one of the
 *     tiles; a higher value makes more tiles
 * @param classNames names of classes to keep besides {@code classes}, as the model has them; empty,
 *     the default, adds none. Looked up by each prediction: a name that the model does not have is
 *     refused then
 * @param timeout time that a call may take, from its beginning on, or null, the default, for any
 *     time. A call that still waits for other calls when the time is over never starts, and one
 *     that runs ends between two of its pictures or tiles; both throw {@link
 *     YoloException.Timeout}. What is in hand is finished first: a picture, the preparation of the
 *     network for a new input size, or a whole batch where the network takes it in one piece, as
 *     archives exported with a {@code batch} do, and all below the highest {@link
 *     LoadOptions#optimizeLevel()}, or where callers share it ({@link LoadOptions#batching()}). A
 *     call that is over at the same moment may still give its results. For {@link
 *     Predictor#stream(Source, StreamOptions)} it is the time from the first request to the last
 *     result, whoever spends it, looked at before each batch. The picture of a {@link
 *     Predictor#predict(java.nio.file.Path)} is read before the time begins; {@link
 *     ImageLimits#decodeTime()} bounds that. Zero or less starts nothing
 */
public record PredictOptions(
    double conf,
    double iou,
    ImageSize imgsz,
    int maxDet,
    List<Integer> classes,
    boolean agnosticNms,
    boolean retinaMasks,
    MaskFrame maskFrame,
    boolean rect,
    int tile,
    double overlap,
    List<String> classNames,
    Duration timeout) {
  /** The largest {@link #maxDet()} accepted. */
  public static final int MAX_DET_LIMIT = Natives.YOLOTORCH_MAX_DET_LIMIT;

  /** The smallest {@link #tile()} accepted. */
  public static final int MIN_TILE = 32;

  /** The largest {@link #overlap()} accepted. */
  public static final double MAX_OVERLAP = 0.9;

  private static final PredictOptions DEFAULTS =
      new PredictOptions(
          Natives.YOLOTORCH_DEFAULT_CONF,
          Natives.YOLOTORCH_DEFAULT_IOU,
          null,
          Natives.YOLOTORCH_DEFAULT_MAX_DET,
          List.of(),
          false,
          false,
          MaskFrame.IMAGE,
          true,
          0,
          0.2,
          List.of(),
          null);

  /**
   * Checks every option.
   *
   * @throws YoloException.InvalidArgument if one is out of its range or contradicts another
   */
  public PredictOptions {
    Checks.fraction("conf", conf);
    Checks.fraction("iou", iou);
    Checks.range("max_det", maxDet, 1, MAX_DET_LIMIT);
    classes = Checks.all("classes", classes);
    classNames = Checks.all("classNames", classNames);
    for (int id : classes) {
      Checks.range("classes", id, 0, Integer.MAX_VALUE);
    }
    Checks.given("maskFrame", maskFrame);
    if (tile != 0) {
      Checks.range("tile", tile, MIN_TILE, ImageSize.MAX_SIDE);
    }
    // Written so that NaN fails as well.
    if (!(overlap >= 0 && overlap <= MAX_OVERLAP)) {
      throw new YoloException.InvalidArgument(
          "overlap must be a number from 0 to "
              + MAX_OVERLAP
              + ", but was "
              + overlap
              + "; choose a value in that range, such as 0.2.");
    }
    if (tile != 0 && maskFrame != MaskFrame.IMAGE) {
      throw new YoloException.InvalidArgument(
          "tile joins masks in the picture, but maskFrame "
              + maskFrame
              + " came with it; leave one of the two out.");
    }
    if (retinaMasks && maskFrame != MaskFrame.IMAGE) {
      throw new YoloException.InvalidArgument(
          "retina_masks makes masks of the picture's pixels, but maskFrame "
              + maskFrame
              + " came with it; leave one of the two out.");
    }
  }

  /** Every option at its default. */
  public static PredictOptions defaults() {
    return DEFAULTS;
  }

  /** A builder with every option at its default. */
  public static Builder builder() {
    return new Builder(DEFAULTS);
  }

  /** A builder with the options of this object. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Collects options; not thread-safe. */
  public static final class Builder {
    private double conf;
    private double iou;
    private ImageSize imgsz;
    private int maxDet;
    private List<Integer> classes;
    private boolean agnosticNms;
    private boolean retinaMasks;
    private MaskFrame maskFrame;
    private boolean rect;
    private int tile;
    private double overlap;
    private List<String> classNames;
    private Duration timeout;

    private Builder(PredictOptions from) {
      conf = from.conf;
      iou = from.iou;
      imgsz = from.imgsz;
      maxDet = from.maxDet;
      classes = from.classes;
      agnosticNms = from.agnosticNms;
      retinaMasks = from.retinaMasks;
      maskFrame = from.maskFrame;
      rect = from.rect;
      tile = from.tile;
      overlap = from.overlap;
      classNames = from.classNames;
      timeout = from.timeout;
    }

    /** Sets {@link PredictOptions#conf()}. */
    public Builder conf(double value) {
      conf = value;
      return this;
    }

    /** Sets {@link PredictOptions#iou()}. */
    public Builder iou(double value) {
      iou = value;
      return this;
    }

    /** Sets {@link PredictOptions#imgsz()}; null takes the model's own. */
    public Builder imgsz(ImageSize value) {
      imgsz = value;
      return this;
    }

    /**
     * Sets {@link PredictOptions#imgsz()} to a square of this side in pixels, rounded up as there.
     */
    public Builder imgsz(int side) {
      return imgsz(ImageSize.square(side));
    }

    /** Sets {@link PredictOptions#maxDet()}. */
    public Builder maxDet(int value) {
      maxDet = value;
      return this;
    }

    /**
     * Sets {@link PredictOptions#classes()}, and no names; no id at all keeps every class.
     *
     * @throws YoloException.InvalidArgument when built, if an id is negative
     */
    public Builder classes(int... ids) {
      Checks.given("ids", ids);
      classNames = List.of();
      List<Integer> list = new ArrayList<>(ids.length);
      for (int id : ids) {
        list.add(id);
      }
      classes = list;
      return this;
    }

    /** Sets {@link PredictOptions#classNames()}, and no ids. */
    public Builder classes(String name, String... more) {
      classNames = ClassNames.list(name, more);
      classes = List.of();
      return this;
    }

    /** Sets {@link PredictOptions#agnosticNms()}. */
    public Builder agnosticNms(boolean value) {
      agnosticNms = value;
      return this;
    }

    /** Sets {@link PredictOptions#retinaMasks()}. */
    public Builder retinaMasks(boolean value) {
      retinaMasks = value;
      return this;
    }

    /** Sets {@link PredictOptions#maskFrame()}. */
    public Builder maskFrame(MaskFrame value) {
      maskFrame = value;
      return this;
    }

    /** Sets {@link PredictOptions#rect()}. */
    public Builder rect(boolean value) {
      rect = value;
      return this;
    }

    /** Sets {@link PredictOptions#tile()}; 0 for none. */
    public Builder tile(int value) {
      tile = value;
      return this;
    }

    /** Sets {@link PredictOptions#overlap()}. */
    public Builder overlap(double value) {
      overlap = value;
      return this;
    }

    /** Sets {@link PredictOptions#timeout()}; null for any time. */
    public Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    /**
     * The options collected so far.
     *
     * @throws YoloException.InvalidArgument if one is out of its range
     */
    public PredictOptions build() {
      return new PredictOptions(
          conf,
          iou,
          imgsz,
          maxDet,
          classes,
          agnosticNms,
          retinaMasks,
          maskFrame,
          rect,
          tile,
          overlap,
          classNames,
          timeout);
    }
  }
}
