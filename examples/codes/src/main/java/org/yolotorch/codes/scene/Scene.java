// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.scene;

import java.util.ArrayList;
import java.util.List;
import org.yolotorch.codes.camera.Camera;
import org.yolotorch.codes.camera.Occluders;
import org.yolotorch.codes.camera.Placement;
import org.yolotorch.codes.cards.Card;
import org.yolotorch.codes.cards.CardDesigner;
import org.yolotorch.codes.cards.Edges;
import org.yolotorch.codes.cards.Sheets;
import org.yolotorch.codes.picture.Blur;
import org.yolotorch.codes.picture.Draws;
import org.yolotorch.codes.picture.Picture;
import org.yolotorch.codes.symbols.CodeClass;

/**
 * A picture and the codes in it.
 *
 * @param quality of the JPEG file, 0 to 1
 */
public record Scene(Picture picture, List<Placement> codes, float quality) {
  private static final int TRIES = 5;
  private static final double[] KINDS = {0.24, 0.17, 0.14, 0.17, 0.28};
  private static final double[] COUNTS = {45, 25, 13, 8, 5, 4};

  /** Makes a picture; once more where a code cannot be told from what is around. */
  public static Scene make(
      Settings settings, Backgrounds backgrounds, boolean validation, Draws draws) {
    boolean negative = draws.chance(settings.negatives());
    for (int i = 0; ; i++) {
      Maker maker = new Maker(settings, backgrounds, validation, draws.split());
      maker.compose(negative);
      if (maker.isClear() || i == TRIES) {
        return maker.take();
      }
    }
  }

  /** Puts a scene together. */
  private static final class Maker {
    private final Settings settings;
    private final Backgrounds backgrounds;
    private final boolean validation;
    private final Draws draws;
    private final Camera camera;
    private final Stage stage;

    Maker(Settings settings, Backgrounds backgrounds, boolean validation, Draws draws) {
      this.settings = settings;
      this.backgrounds = backgrounds;
      this.validation = validation;
      this.draws = draws;
      this.camera = Camera.draw(settings.imgsz(), settings.hard(), draws);
      this.stage = new Stage(background(), settings, camera, draws);
    }

    private Picture background() {
      double aspect = draws.pick(1.0, 1.0, 1.0, 4 / 3.0, 3 / 4.0, 16 / 9.0, 9 / 16.0);
      int width = (int) Math.round(settings.imgsz() * Math.min(1, aspect));
      int height = (int) Math.round(settings.imgsz() / Math.max(1, aspect));
      return camera.isScanner() && draws.chance(0.8)
          ? backgrounds.page(width, height, draws)
          : backgrounds.draw(width, height, validation, draws);
    }

    void compose(boolean negative) {
      int others = negative ? draws.whole(0, 4) : draws.chance(0.4) ? draws.whole(1, 2) : 0;
      for (int i = 0; i < others; i++) {
        stage.put(Distractors.draw(backgrounds.photos(), validation, draws));
      }
      if (draws.chance(0.2)) {
        // What is behind may be out of focus.
        Blur.gaussian(stage.picture, draws.logIn(0.7, 4) * settings.imgsz() / 640 + 0.3);
      }
      if (!negative) {
        addCodes(1 + draws.weighted(COUNTS));
      }
      cover();
      camera.expose(stage.picture, stage.finest(), stage.codes, draws);
    }

    private void cover() {
      Occluders occluders = new Occluders(stage.picture, draws);
      for (Placement code : stage.codes) {
        if (draws.chance(settings.hard() ? 0.2 : 0.1)) {
          occluders.cover(code);
        }
      }
    }

    boolean isClear() {
      for (Placement code : stage.codes) {
        if (code.contrast(stage.picture) < settings.leastContrast()) {
          return false;
        }
      }
      return true;
    }

    Scene take() {
      camera.record(stage.picture, draws);
      return new Scene(stage.picture, List.copyOf(stage.codes), camera.quality());
    }

    private void addCodes(int count) {
      if (count > 1 && draws.chance(0.3)) {
        addSheet(count);
        return;
      }
      CodeClass same = draws.chance(0.4) ? kind() : null;
      for (int i = 0; i < count; i++) {
        addCode(same == null ? kind() : same, count);
      }
    }

    private CodeClass kind() {
      return CodeClass.values()[draws.weighted(KINDS)];
    }

    private double size(CodeClass kind, int count) {
      if (count == 1 && draws.chance(0.08)) {
        return settings.largest() * draws.in(0.75, 1.2);
      }
      boolean wide = kind.isLinear() || kind == CodeClass.PDF417;
      double least = settings.smallest();
      if (wide) {
        double usual = Math.max(least * 1.6, draws.chance(0.06) ? 0 : 55);
        least = Math.min(settings.largest() / 2, usual);
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

    /** A share of a side; people hold what they mean near the middle. */
    private double share(int count, double size) {
      boolean middle = count == 1 && draws.chance(0.5) || size > 0.6 * settings.imgsz();
      return middle ? draws.in(0.35, 0.65) : draws.unit();
    }

    private void addCode(CodeClass kind, int count) {
      double size = size(kind, count);
      double least = modulePixels(kind);
      CardDesigner designer =
          new CardDesigner(kind, size * cardScale(size), Math.max(size / least, 10), draws);
      double x = share(count, size);
      double y = share(count, size);
      Card card =
          draws.chance(0.1)
              ? designer.direct(stage.isDark(x, y))
              : Edges.finish(designer.label(), draws);
      stage.place(card, size, least, x, y);
    }

    private void addSheet(int count) {
      CodeClass same = draws.chance(0.6) ? kind() : null;
      CodeClass first = same == null ? kind() : same;
      double size = size(first, count);
      List<Card> labels = new ArrayList<>();
      double finest = modulePixels(first);
      for (int i = 0; i < count; i++) {
        CodeClass kind = same == null && i > 0 ? kind() : first;
        double most = size / finest;
        labels.add(new CardDesigner(kind, size * cardScale(size), most, draws).label());
      }
      Card sheet = Edges.finish(Sheets.join(labels, draws), draws);
      stage.place(sheet, size, finest, draws.unit(), draws.unit());
    }
  }
}
