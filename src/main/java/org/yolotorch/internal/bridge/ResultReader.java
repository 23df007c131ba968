// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.bridge;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.yolotorch.Box;
import org.yolotorch.Detections;
import org.yolotorch.Image;
import org.yolotorch.ImageSize;
import org.yolotorch.Keypoint;
import org.yolotorch.Keypoints;
import org.yolotorch.Mask;
import org.yolotorch.ModelInfo;
import org.yolotorch.Obb;
import org.yolotorch.PixelRect;
import org.yolotorch.PredictOptions;
import org.yolotorch.Probs;
import org.yolotorch.Result;
import org.yolotorch.Speed;
import org.yolotorch.Xywhr;
import org.yolotorch.Xyxy;
import org.yolotorch.internal.ClassNames;
import org.yolotorch.internal.Natives;

/**
 * Reads results from the packed numbers of a prediction; the native predict() documents their
 * order.
 */
public final class ResultReader {
  private final ByteBuffer in;
  private final PredictOptions options;
  private final ModelInfo info;
  private final ImageSize netSize;
  private final int rowValues;

  /** Reads from the start of {@code answer}, in native byte order. */
  public ResultReader(ByteBuffer answer, PredictOptions options, ModelInfo info) {
    // A view: the native side would write the next answer at the position left behind here.
    this.in = answer.duplicate().order(ByteOrder.nativeOrder());
    this.options = options;
    this.info = info;
    this.netSize = new ImageSize(in.getInt(Natives.kNetHeightAt), in.getInt(Natives.kNetWidthAt));
    this.rowValues = in.getInt(Natives.kRowValuesAt);
  }

  public List<Result> results(List<Image> images) {
    double count = images.size();
    Speed speed =
        new Speed(
            in.getFloat(Natives.kPreprocessAt) / count,
            in.getFloat(Natives.kInferenceAt) / count,
            in.getFloat(Natives.kPostprocessAt) / count,
            in.getFloat(Natives.kPreparationAt) / count);
    List<Result> results = new ArrayList<>(images.size());
    in.position(Natives.kHeaderBytes);
    for (Image image : images) {
      Detections detections =
          switch (info.task()) {
            case DETECT -> Detections.ofBoxes(boxes(image));
            case SEGMENT -> segments(image);
            case POSE -> poses(image);
            case OBB -> Detections.ofObbs(obbs(image));
            case CLASSIFY -> Detections.ofProbs(probs());
          };
      results.add(Result.of(info.task(), image, netSize, info.names(), speed, detections));
    }
    return results;
  }

  private List<Box> boxes(Image image) {
    int rows = in.getInt();
    List<Box> boxes = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      boxes.add(box(image));
    }
    return boxes;
  }

  private Box box(Image image) {
    Xyxy corners = new Xyxy(in.getFloat(), in.getFloat(), in.getFloat(), in.getFloat());
    float confidence = in.getFloat();
    int classId = (int) in.getFloat();
    String label = ClassNames.of(info.names(), classId);
    return new Box(classId, label, confidence, corners, image.width(), image.height());
  }

  private Detections segments(Image image) {
    List<Box> boxes = boxes(image);
    Mask.Size size = new Mask.Size(image.width(), image.height());
    Mask.Size frame =
        switch (options.maskFrame()) {
          case IMAGE -> size;
          case NETWORK -> new Mask.Size(netSize.width(), netSize.height());
          case QUARTER -> new Mask.Size(netSize.width() / 4, netSize.height() / 4);
        };
    List<Mask> masks = new ArrayList<>(boxes.size());
    for (int i = 0; i < boxes.size(); i++) {
      PixelRect part = new PixelRect(in.getInt(), in.getInt(), in.getInt(), in.getInt());
      byte[] bits = new byte[(part.width() + 7) / 8 * part.height()];
      in.get(bits);
      // Numbers begin at multiples of four.
      in.position((in.position() + 3) / 4 * 4);
      masks.add(Mask.of(part, bits, floats(2 * in.getInt()), frame, size));
    }
    return Detections.ofMasks(boxes, masks);
  }

  private Detections poses(Image image) {
    int rows = in.getInt();
    int points = info.keypoints();
    boolean visibility = info.keypointValues() == 3;
    List<Box> boxes = new ArrayList<>(rows);
    List<Keypoints> poses = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      boxes.add(box(image));
      List<Keypoint> pose = new ArrayList<>(points);
      for (int k = 0; k < points; k++) {
        pose.add(
            new Keypoint(in.getFloat(), in.getFloat(), visibility ? in.getFloat() : Float.NaN));
      }
      poses.add(new Keypoints(pose, image.width(), image.height()));
    }
    return Detections.ofKeypoints(boxes, poses);
  }

  private List<Obb> obbs(Image image) {
    int rows = in.getInt();
    List<Obb> obbs = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      float x = in.getFloat();
      float y = in.getFloat();
      float width = in.getFloat();
      float height = in.getFloat();
      float confidence = in.getFloat();
      int classId = (int) in.getFloat();
      Xywhr raw = new Xywhr(x, y, width, height, in.getFloat());
      String label = ClassNames.of(info.names(), classId);
      obbs.add(new Obb(classId, label, confidence, raw, image.width(), image.height()));
    }
    return obbs;
  }

  private Probs probs() {
    // Always one row.
    in.getInt();
    return Probs.of(floats(rowValues), info.names());
  }

  private float[] floats(int count) {
    float[] values = new float[count];
    in.asFloatBuffer().get(values);
    in.position(in.position() + count * Float.BYTES);
    return values;
  }
}
