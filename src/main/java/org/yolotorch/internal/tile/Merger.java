// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.tile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.yolotorch.Box;
import org.yolotorch.Detections;
import org.yolotorch.Image;
import org.yolotorch.Keypoints;
import org.yolotorch.Mask;
import org.yolotorch.Obb;
import org.yolotorch.PixelRect;
import org.yolotorch.PredictOptions;
import org.yolotorch.Result;
import org.yolotorch.Xyxy;

/**
 * Merges the detections of the tiles of one picture. Of two detections of a class from different
 * tiles that cover each other, one is dropped: one that is cut by a tile's edge before a whole one,
 * else the less confident.
 */
public final class Merger {
  /** Maximum covered part of the smaller box: a cut object lies inside the whole one. */
  private static final double MOST_COVERED = 0.5;

  /** Distance to a tile's edge below which an object counts as cut, in pixels. */
  private static final int EDGE = 3;

  private final Image image;
  private final PredictOptions options;
  private final List<Found> all = new ArrayList<>();
  private int parts;

  public Merger(Image image, PredictOptions options) {
    this.image = image;
    this.options = options;
  }

  /** One object in the pixels of the picture; what its task does not have is null. */
  private record Found(
      int part, boolean cut, Box box, Mask mask, Keypoints keypoints, Obb obb, Xyxy hull) {
    int classId() {
      return box == null ? obb.classId() : box.classId();
    }

    float confidence() {
      return box == null ? obb.confidence() : box.confidence();
    }
  }

  /** Adds what was found in the part at this place. */
  public void add(Result found, PixelRect part) {
    Shift shift = new Shift(image, part.left(), part.top());
    for (int i = 0; i < found.boxes().size(); i++) {
      Box box = found.boxes().get(i);
      Mask mask = found.masks().isEmpty() ? null : shift.mask(found.masks().get(i));
      Keypoints pose =
          found.keypoints().isEmpty() ? null : shift.keypoints(found.keypoints().get(i));
      boolean cut = isCut(box.xyxy(), part);
      Box moved = shift.box(box);
      all.add(new Found(parts, cut, moved, mask, pose, null, moved.xyxy()));
    }
    for (Obb obb : found.obbs()) {
      boolean cut = isCut(obb.xyxy(), part);
      Obb moved = shift.obb(obb);
      all.add(new Found(parts, cut, null, null, null, moved, moved.xyxy()));
    }
    parts++;
  }

  /** Whether the box ends at an edge of the part that is none of the picture. */
  private boolean isCut(Xyxy box, PixelRect part) {
    return part.left() > 0 && box.x1() < EDGE
        || part.top() > 0 && box.y1() < EDGE
        || part.left() + part.width() < image.width() && box.x2() > part.width() - EDGE
        || part.top() + part.height() < image.height() && box.y2() > part.height() - EDGE;
  }

  /** What is left, most confident first. */
  public Detections detections() {
    Comparator<Found> best = Comparator.comparing(Found::confidence).reversed();
    all.sort(Comparator.comparing(Found::cut).thenComparing(best));
    List<Found> kept = new ArrayList<>();
    for (Found candidate : all) {
      boolean free = true;
      for (Found other : kept) {
        free &= !isSame(candidate, other);
      }
      if (free) {
        kept.add(candidate);
      }
    }
    kept.sort(best);
    List<Box> boxes = new ArrayList<>();
    List<Mask> masks = new ArrayList<>();
    List<Keypoints> poses = new ArrayList<>();
    List<Obb> obbs = new ArrayList<>();
    for (Found found : kept.subList(0, Math.min(kept.size(), options.maxDet()))) {
      addTo(boxes, found.box());
      addTo(masks, found.mask());
      addTo(poses, found.keypoints());
      addTo(obbs, found.obb());
    }
    return new Detections(boxes, masks, poses, obbs, null);
  }

  private static <T> void addTo(List<T> list, T value) {
    if (value != null) {
      list.add(value);
    }
  }

  private boolean isSame(Found a, Found b) {
    // Within a part the network's own suppression has decided.
    if (a.part() == b.part() || a.classId() != b.classId() && !options.agnosticNms()) {
      return false;
    }
    double common = overlap(a.hull(), b.hull());
    if (common <= 0) {
      return false;
    }
    if (a.obb() == null) {
      return common > MOST_COVERED * Math.min(area(a.hull()), area(b.hull()));
    }
    // Rotated boxes side by side have hulls that overlap.
    Polygon first = new Polygon(a.obb().corners());
    Polygon second = new Polygon(b.obb().corners());
    return first.overlap(second) > MOST_COVERED * Math.min(first.area(), second.area());
  }

  private static double overlap(Xyxy a, Xyxy b) {
    double width = Math.min(a.x2(), b.x2()) - Math.max(a.x1(), b.x1());
    double height = Math.min(a.y2(), b.y2()) - Math.max(a.y1(), b.y1());
    return width > 0 && height > 0 ? width * height : 0;
  }

  private static double area(Xyxy box) {
    return (double) (box.x2() - box.x1()) * (box.y2() - box.y1());
  }
}
