// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.scene;

import java.util.ArrayList;
import java.util.List;
import org.yolotorch.codes.camera.Camera;
import org.yolotorch.codes.camera.Light;
import org.yolotorch.codes.camera.Placement;
import org.yolotorch.codes.camera.Pose;
import org.yolotorch.codes.camera.Poses;
import org.yolotorch.codes.camera.Warp;
import org.yolotorch.codes.cards.Card;
import org.yolotorch.codes.picture.Draws;
import org.yolotorch.codes.picture.Picture;
import org.yolotorch.codes.picture.Polygons;

/** A picture while things are put into it, and the codes that it has. */
final class Stage {
  private static final int TRIES = 10;
  private static final double LEAST_VISIBLE = 0.6;
  private static final double WHOLE = 0.999;
  private static final int PARTS = 4;
  private static final double DARK = 80;
  private static final double BRIGHT = 115;
  private static final double FINEST = 4;

  final Picture picture;
  final List<Placement> codes = new ArrayList<>();

  private final Settings settings;
  private final Camera camera;
  private final Draws draws;
  private double finest = FINEST;

  Stage(Picture picture, Settings settings, Camera camera, Draws draws) {
    this.picture = picture;
    this.settings = settings;
    this.camera = camera;
    this.draws = draws;
  }

  /** Pixels of the finest module, at most 4. */
  double finest() {
    return finest;
  }

  /** Whether a place, in shares of the sides, is dark. */
  boolean isDark(double x, double y) {
    double px = x * picture.width;
    double py = y * picture.height;
    return picture.meanLuma(px - 40, py - 40, px + 40, py + 40) < DARK;
  }

  /** Puts a card without codes anywhere. */
  void put(Card card) {
    double size = settings.imgsz() * draws.logIn(0.1, 0.9);
    Pose pose = Poses.draw(camera, settings.mostTilt(), card, false, draws);
    double x = draws.unit() * picture.width;
    double y = draws.unit() * picture.height;
    double scale = size / Math.max(card.width, card.height);
    paint(card, pose.at(scale, x, y), card.width / 2.0, card.height / 2.0, x, y);
  }

  private void paint(Card card, Pose pose, double originX, double originY, double x, double y) {
    double around = picture.meanLuma(x - 50, y - 50, x + 50, y + 50);
    Light light;
    if (card.shining) {
      light = Light.ofScreen(draws);
    } else if (camera.isScanner() || card.ground != Card.Ground.OWN) {
      light = Light.none();
    } else {
      light = Light.draw(around, settings.imgsz(), draws);
    }
    Warp.put(picture, card, pose, light, originX, originY);
  }

  /**
   * Puts a card where it covers no code, so that its first code has a size; or not at all.
   *
   * @param least pixels of a module of that code at least
   * @param x where it is tried first, in shares of the sides
   */
  void place(Card card, double size, double least, double x, double y) {
    double visible = draws.chance(0.75) ? WHOLE : LEAST_VISIBLE;
    for (int i = 0; i < TRIES; i++) {
      Pose pose = Poses.draw(camera, settings.mostTilt(), card, true, draws);
      Card.Spot spot = card.spots.get(0);
      double scale = scale(spot, see(card, pose).get(0), size, least);
      Pose placed = pose.at(scale, x * picture.width, y * picture.height);
      List<Placement> seen = see(card, placed);
      if (fits(card, placed, seen, visible) && suits(card, seen.get(0))) {
        paint(card, placed, spot.centreX(), spot.centreY(), x * picture.width, y * picture.height);
        keep(card, seen);
        return;
      }
      x = draws.unit();
      y = draws.unit();
      size = Math.max(settings.smallest(), size * 0.93);
    }
  }

  /** Larger than asked for where modules would be too fine, up to a limit. */
  private double scale(Card.Spot spot, Placement code, double size, double least) {
    double most = Math.max(size, 1.2 * settings.largest());
    double wanted = Math.max(size / code.longest(), least / modulePixels(spot, code));
    return Math.min(wanted, most / code.longest());
  }

  /** Pixels of a module where it is shorter. */
  private static double modulePixels(Card.Spot spot, Placement code) {
    double across = code.width() / spot.columns();
    return spot.rows() == 0 ? across : Math.min(across, code.height() / spot.rows());
  }

  private static List<Placement> see(Card card, Pose pose) {
    Card.Spot first = card.spots.get(0);
    List<Placement> seen = new ArrayList<>();
    for (Card.Spot spot : card.spots) {
      double[] corners = Card.along(spot.corners(), first.centreX(), first.centreY(), 1);
      int points = pose.isBent() ? 6 : 1;
      double[] outline = Card.along(spot.corners(), first.centreX(), first.centreY(), points);
      seen.add(new Placement(spot.content(), pose.project(corners), pose.project(outline)));
    }
    return seen;
  }

  /** Whether ink on the background can be told from it everywhere. */
  private boolean suits(Card card, Placement code) {
    if (card.ground == Card.Ground.OWN) {
      return true;
    }
    double[] box = Polygons.bounds(code.corners());
    double wide = (box[2] - box[0]) / PARTS;
    double high = (box[3] - box[1]) / PARTS;
    for (int i = 0; i < PARTS * PARTS; i++) {
      double x = box[0] + i % PARTS * wide;
      double y = box[1] + i / PARTS * high;
      double luma = picture.meanLuma(x, y, x + wide, y + high);
      if (card.ground == Card.Ground.DARK ? luma > DARK : luma < BRIGHT) {
        return false;
      }
    }
    return true;
  }

  private boolean fits(Card card, Pose pose, List<Placement> seen, double least) {
    Card.Spot first = card.spots.get(0);
    double[] outline = pose.project(card.outline(first.centreX(), first.centreY(), 1));
    for (Placement code : codes) {
      if (Polygons.meet(outline, code.enlarged())) {
        return false;
      }
    }
    for (int i = 0; i < seen.size(); i++) {
      double visible = seen.get(i).visible(picture.width, picture.height);
      if (visible < (i == 0 ? least : LEAST_VISIBLE) && (i == 0 || visible > 0)) {
        return false;
      }
    }
    return true;
  }

  private void keep(Card card, List<Placement> seen) {
    for (int i = 0; i < seen.size(); i++) {
      Placement code = seen.get(i);
      if (code.visible(picture.width, picture.height) > 0) {
        codes.add(code);
        finest = Math.min(finest, modulePixels(card.spots.get(i), code));
      }
    }
  }
}
