// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.support;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yolotorch.Box;
import org.yolotorch.Detections;
import org.yolotorch.Image;
import org.yolotorch.ImageSize;
import org.yolotorch.Keypoint;
import org.yolotorch.Keypoints;
import org.yolotorch.Mask;
import org.yolotorch.Obb;
import org.yolotorch.PixelFormat;
import org.yolotorch.PixelRect;
import org.yolotorch.PredictOptions;
import org.yolotorch.Probs;
import org.yolotorch.Result;
import org.yolotorch.Speed;
import org.yolotorch.Task;
import org.yolotorch.Xywhr;
import org.yolotorch.Xyxy;
import org.yolotorch.internal.ClassNames;

/** Results made by hand, of a picture of {@value #WIDTH} x {@value #HEIGHT} pixels. */
public final class Results {
  /** Padded to the square, as archives of a fixed size predict. */
  public static final PredictOptions SQUARE = PredictOptions.builder().rect(false).build();

  /** Columns of the picture. */
  public static final int WIDTH = 200;

  /** Rows of the picture. */
  public static final int HEIGHT = 100;

  public static final Map<Integer, String> NAMES = Map.of(0, "person", 5, "bus", 6, "train");

  private static final int NET = 64;

  private Results() {}

  /** The picture: every sample is this value. */
  public static Image image(int grey) {
    byte[] pixels = new byte[WIDTH * HEIGHT * 3];
    java.util.Arrays.fill(pixels, (byte) grey);
    return Image.of(ByteBuffer.wrap(pixels), WIDTH, HEIGHT, PixelFormat.BGR);
  }

  private static Result of(Task task, Map<Integer, String> names, Detections detections) {
    return Result.of(task, image(0), ImageSize.square(NET), names, new Speed(1, 2, 3), detections);
  }

  /** A box of a class. */
  public static Box box(int id, float conf, float x1, float y1, float x2, float y2) {
    return new Box(id, ClassNames.of(NAMES, id), conf, new Xyxy(x1, y1, x2, y2), WIDTH, HEIGHT);
  }

  /** Detections. */
  public static Result detect(Box... boxes) {
    return of(Task.DETECT, NAMES, Detections.ofBoxes(List.of(boxes)));
  }

  /** A mask without holes in the picture, or in the network's input of 64 x 64 pixels. */
  public static Mask mask(boolean network, int left, int top, int width, int height) {
    byte[] bits = new byte[(width + 7) / 8 * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        bits[y * ((width + 7) / 8) + x / 8] |= (byte) (1 << x % 8);
      }
    }
    float right = left + width - 1;
    float bottom = top + height - 1;
    float[] outline = {left, top, left, bottom, right, bottom, right, top};
    Mask.Size size = new Mask.Size(WIDTH, HEIGHT);
    Mask.Size frame = network ? new Mask.Size(NET, NET) : size;
    return Mask.of(new PixelRect(left, top, width, height), bits, outline, frame, size);
  }

  /** Detections with masks. */
  public static Result segment(List<Box> boxes, List<Mask> masks) {
    return of(Task.SEGMENT, NAMES, Detections.ofMasks(boxes, masks));
  }

  /** Points from x, y, visibility triples. */
  public static Keypoints keypoints(float... values) {
    List<Keypoint> points = new ArrayList<>();
    for (int i = 0; i < values.length; i += 3) {
      points.add(new Keypoint(values[i], values[i + 1], values[i + 2]));
    }
    return new Keypoints(points, WIDTH, HEIGHT);
  }

  /** Detections with points. */
  public static Result pose(List<Box> boxes, List<Keypoints> keypoints) {
    return of(Task.POSE, NAMES, Detections.ofKeypoints(boxes, keypoints));
  }

  /** A rotated box of a class. */
  public static Obb obb(int id, float conf, float x, float y, float w, float h, double angle) {
    Xywhr raw = new Xywhr(x, y, w, h, (float) angle);
    return new Obb(id, ClassNames.of(NAMES, id), conf, raw, WIDTH, HEIGHT);
  }

  /** Rotated detections. */
  public static Result obb(Obb... obbs) {
    return of(Task.OBB, NAMES, Detections.ofObbs(List.of(obbs)));
  }

  /** Probabilities of the classes from 0 on. */
  public static Result classify(Map<Integer, String> names, float... values) {
    return of(Task.CLASSIFY, names, Detections.ofProbs(Probs.of(values, names)));
  }
}
