// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes;

import java.util.ArrayList;
import java.util.List;

/** A picture while it is made, and the codes in it. */
final class Scene {
  private static final int TRIES = 10;
  private static final double LEAST_VISIBLE = 0.6;
  private static final double WHOLE = 0.999;
  private static final double DARK = 75;
  private static final double BRIGHT = 120;
  private static final double[] KINDS = {0.24, 0.17, 0.14, 0.17, 0.28};
  private static final double[] COUNTS = {45, 25, 13, 8, 5, 4};

  private final Settings settings;
  private final Backgrounds backgrounds;
  private final boolean validation;
  private final Draws draws;
  private final Camera camera;
  private final Picture picture;
  private final List<Placement> codes = new ArrayList<>();
  private double finest = 4;

  private Scene(Settings settings, Backgrounds backgrounds, boolean validation, Draws draws) {
    this.settings = settings;
    this.backgrounds = backgrounds;
    this.validation = validation;
    this.draws = draws;
    this.camera = Camera.draw(settings, draws);
    double aspect = draws.pick(1.0, 1.0, 1.0, 4 / 3.0, 3 / 4.0, 16 / 9.0, 9 / 16.0);
    int width = (int) Math.round(settings.imgsz() * Math.min(1, aspect));
    int height = (int) Math.round(settings.imgsz() / Math.max(1, aspect));
    this.picture =
        camera.isScanner() && draws.chance(0.8)
            ? backgrounds.page(width, height, draws)
            : backgrounds.draw(width, height, validation, draws);
  }

  /** Makes a picture. */
  static Scene make(Settings settings, Backgrounds backgrounds, boolean validation, Draws draws) {
    Scene scene = new Scene(settings, backgrounds, validation, draws);
    boolean negative = draws.chance(settings.negatives());
    scene.distract(negative ? draws.whole(1, 4) : draws.chance(0.4) ? draws.whole(1, 2) : 0);
    if (!negative) {
      scene.addCodes(1 + draws.weighted(COUNTS));
    }
    scene.finish();
    return scene;
  }

  Picture picture() {
    return picture;
  }

  List<Placement> codes() {
    return codes;
  }

  /** Quality of the JPEG file, 0 to 1. */
  float quality() {
    return camera.quality();
  }

  private void finish() {
    Occluders occluders = new Occluders(picture, draws);
    for (Placement code : codes) {
      if (draws.chance(settings.hard() ? 0.2 : 0.1)) {
        occluders.cover(code);
      }
    }
    camera.take(picture, finest, codes, draws);
  }

  private void distract(int count) {
    for (int i = 0; i < count; i++) {
      Card card = Distractors.draw(backgrounds.photos(), validation, draws);
      double size = settings.imgsz() * draws.logIn(0.1, 0.9);
      Pose pose = Poses.draw(camera, settings, card, false, draws);
      double x = draws.unit() * picture.width;
      double y = draws.unit() * picture.height;
      double scale = size / Math.max(card.width, card.height);
      paint(card, pose.at(scale, x, y), card.width / 2.0, card.height / 2.0, x, y);
    }
  }

  private void paint(Card card, Pose pose, double originX, double originY, double x, double y) {
    double around = picture.meanLuma(x - 50, y - 50, x + 50, y + 50);
    Light light =
        camera.isScanner() || card.ground != Card.Ground.OWN
            ? Light.none()
            : Light.draw(around, settings.imgsz(), draws);
    Warp.put(picture, card, pose, light, originX, originY);
  }

  private void addCodes(int count) {
    boolean sheet = count > 1 && draws.chance(0.3);
    CodeClass same = draws.chance(0.4) ? kind() : null;
    if (sheet) {
      addSheet(count);
      return;
    }
    for (int i = 0; i < count; i++) {
      addCode(same == null ? kind() : same, count);
    }
  }

  private CodeClass kind() {
    return CodeClass.values()[draws.weighted(KINDS)];
  }

  private double size(CodeClass kind, int count) {
    boolean wide = kind.isLinear() || kind == CodeClass.PDF417;
    double least = settings.smallest();
    if (wide) {
      least = Math.min(settings.largest() / 2, Math.max(least * 1.6, draws.chance(0.06) ? 0 : 55));
    }
    double most = settings.largest() / (1 + 0.25 * (count - 1));
    return draws.logIn(least, Math.max(least * 1.2, most));
  }

  /** Pixels of a module at least. */
  private double modulePixels(CodeClass kind) {
    boolean fine = draws.chance(settings.hard() ? 0.15 : 0.05);
    if (kind.isLinear() || kind == CodeClass.PDF417) {
      return fine ? draws.in(0.55, 1) : draws.in(1, 1.4);
    }
    return fine ? draws.in(0.6, 0.9) : draws.in(0.9, 1.4);
  }

  private static double cardScale(double size) {
    return size < 120 ? 2 : size < 300 ? 1.5 : 1.2;
  }

  private void addCode(CodeClass kind, int count) {
    double size = size(kind, count);
    double least = modulePixels(kind);
    CardDesigner designer =
        new CardDesigner(kind, size * cardScale(size), Math.max(size / least, 10), draws);
    double needed = Math.min(settings.largest() * 1.15, designer.modules() * least);
    double x = draws.unit();
    double y = draws.unit();
    Card card = draws.chance(0.1) ? designer.direct(luma(x, y) < DARK) : designer.label();
    place(card, Math.max(size, needed), x, y);
  }

  private double luma(double x, double y) {
    double px = x * picture.width;
    double py = y * picture.height;
    return picture.meanLuma(px - 40, py - 40, px + 40, py + 40);
  }

  private void addSheet(int count) {
    CodeClass same = draws.chance(0.6) ? kind() : null;
    CodeClass first = same == null ? kind() : same;
    double size = size(first, count);
    List<Card> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      CodeClass kind = same == null && i > 0 ? kind() : first;
      double least = modulePixels(kind);
      labels.add(new CardDesigner(kind, size * cardScale(size), size / least, draws).label());
    }
    place(Sheets.join(labels, draws), size, draws.unit(), draws.unit());
  }

  /** Puts a card where it covers no code, so that its first code has a size; or not at all. */
  private void place(Card card, double size, double x, double y) {
    double visible = draws.chance(0.75) ? WHOLE : LEAST_VISIBLE;
    for (int i = 0; i < TRIES; i++) {
      Pose pose = Poses.draw(camera, settings, card, true, draws);
      Card.Spot spot = card.spots.get(0);
      double scale = size / see(card, pose).get(0).longest();
      Pose placed = pose.at(scale, x * picture.width, y * picture.height);
      List<Placement> seen = see(card, placed);
      if (suits(card, x, y) && fits(card, placed, seen, visible)) {
        paint(card, placed, spot.centreX(), spot.centreY(), x * picture.width, y * picture.height);
        keep(card, seen);
        return;
      }
      x = draws.unit();
      y = draws.unit();
      size = Math.max(settings.smallest(), size * 0.93);
    }
  }

  private static List<Placement> see(Card card, Pose pose) {
    Card.Spot first = card.spots.get(0);
    List<Placement> seen = new ArrayList<>();
    for (Card.Spot spot : card.spots) {
      double[] corners = Card.along(spot.corners(), first.centreX(), first.centreY(), 1);
      int points = pose.isBent() ? 6 : 1;
      double[] outline = Card.along(spot.corners(), first.centreX(), first.centreY(), points);
      seen.add(new Placement(spot.kind(), pose.project(corners), pose.project(outline)));
    }
    return seen;
  }

  /** Whether ink on the background can be told from it. */
  private boolean suits(Card card, double x, double y) {
    return switch (card.ground) {
      case OWN -> true;
      case DARK -> luma(x, y) < DARK;
      case BRIGHT -> luma(x, y) > BRIGHT;
    };
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
        finest = Math.min(finest, code.longest() / card.spots.get(i).modules());
      }
    }
  }
}
