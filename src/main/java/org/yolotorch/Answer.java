// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Reads the packed numbers of a prediction; their order is told at the native predict(). */
final class Answer {
  static final int HEADER_BYTES = 44;

  /** Position of the number of values a row, behind times, sizes and the task. */
  private static final int ROW_VALUES = 40;

  private final ByteBuffer in;
  private final PredictOptions options;
  private final ModelInfo info;
  private final ImageSize netSize;
  private final int rowValues;

  /** Reads from the start of {@code answer}, in native byte order. */
  Answer(ByteBuffer answer, PredictOptions options, ModelInfo info) {
    // A view: the native side would write the next answer at the position left behind here.
    this.in = answer.duplicate().order(ByteOrder.nativeOrder());
    this.options = options;
    this.info = info;
    this.netSize = new ImageSize(in.getInt(24), in.getInt(28));
    this.rowValues = in.getInt(ROW_VALUES);
  }

  List<Result> results(List<Image> images) {
    double count = images.size();
    long nanos = in.getLong(0);
    Speed speed =
        new Speed(
            in.getFloat(8) / count,
            in.getFloat(12) / count,
            in.getFloat(16) / count,
            in.getFloat(20) / count);
    List<Result> results = new ArrayList<>(images.size());
    in.position(HEADER_BYTES);
    for (Image image : images) {
      Findings findings =
          switch (info.task()) {
            case DETECT -> Findings.ofBoxes(boxes(image));
            case SEGMENT -> segments(image);
            case POSE -> poses(image);
            case OBB -> Findings.ofObbs(obbs(image));
            case CLASSIFY -> Findings.ofProbs(probs());
          };
      results.add(new Result(info.task(), image, netSize, info.names(), speed, findings, nanos));
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

  private Findings segments(Image image) {
    List<Box> boxes = boxes(image);
    int[] size = {image.width(), image.height()};
    int[] frame =
        switch (options.maskFrame()) {
          case IMAGE -> size;
          case NETWORK -> new int[] {netSize.width(), netSize.height()};
          case QUARTER -> new int[] {netSize.width() / 4, netSize.height() / 4};
        };
    List<Mask> masks = new ArrayList<>(boxes.size());
    for (int i = 0; i < boxes.size(); i++) {
      int[] part = {in.getInt(), in.getInt(), in.getInt(), in.getInt()};
      byte[] bits = new byte[(part[2] + 7) / 8 * part[3]];
      in.get(bits);
      // Numbers begin at multiples of four.
      in.position((in.position() + 3) / 4 * 4);
      masks.add(new Mask(part, bits, floats(2 * in.getInt()), frame, size));
    }
    return Findings.ofMasks(boxes, masks);
  }

  private Findings poses(Image image) {
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
    return Findings.ofKeypoints(boxes, poses);
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
    return new Probs(floats(rowValues), info.names());
  }

  private float[] floats(int count) {
    float[] values = new float[count];
    in.asFloatBuffer().get(values);
    in.position(in.position() + count * Float.BYTES);
    return values;
  }
}
