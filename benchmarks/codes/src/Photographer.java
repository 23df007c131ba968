// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

/** Chooses where the camera stands. */
final class Photographer {
  private static final int[][] SIZES = {{640, 480}, {640, 640}, {480, 640}, {640, 360}};

  private final Rand rand;

  Photographer(Rand rand) {
    this.rand = rand;
  }

  /** A view of one of the codes; null if there is no place for the camera. */
  View look(Scene scene) {
    int[] size = SIZES[rand.weighted(50, 15, 22, 13)];
    double angle = rand.between(32, 66) * (size[0] < size[1] ? 0.8 : 1);
    Card card = scene.cards.get(scene.firstMain + rand.integer(0, scene.mains - 1));
    if (card.art().symbols.isEmpty()) {
      return null;
    }
    Placed placed = rand.of(card.art().symbols);
    Rect outline = placed.outline();
    double pixels = size[0] / 2.0 / Math.tan(Math.toRadians(angle / 2));
    double largest = Math.min(size[0], size[1]) * (rand.chance(0.5) ? 0.3 : 0.78);
    double wanted = rand.logBetween(28, largest);
    double finest = wanted * placed.symbol().module() * placed.scale() / outline.longest();
    wanted *= Math.max(1, placed.symbol().leastModule() * 1.1 / finest);
    double distance = Math.max(5, pixels * outline.longest() / wanted);
    double x = outline.x() + outline.width() / 2;
    double y = outline.y() + outline.height() / 2;
    Vec point = card.world(x, y);
    Vec towards = towards(scene, point, card.normal(x, y), distance);
    if (towards == null) {
      return null;
    }
    Vec sky = scene.anyRoll ? card.frame().up() : Vec.UP;
    Vec right = sky.cross(towards.times(-1)).unit();
    right = right.turned(towards, roll(scene.anyRoll));
    double half = distance * Math.tan(Math.toRadians(angle / 2));
    double reach = rand.chance(0.08) ? 1.1 : 0.85;
    double free = Math.max(0, half - outline.longest() * 0.55) * reach;
    double freeDown = Math.max(0, half * size[1] / size[0] - outline.longest() * 0.55) * reach;
    Vec shift =
        right
            .times(free * rand.between(-1, 1))
            .plus(towards.cross(right).times(freeDown * rand.between(-1, 1)));
    Vec location = point.plus(towards.times(distance)).plus(shift);
    double focus = distance * (rand.chance(0.8) ? 1 : rand.between(0.92, 1.08));
    Vec direction = towards.times(-1);
    return new View(location, direction, right, angle, size[0], size[1], focus, 0);
  }

  private double roll(boolean any) {
    return switch (rand.weighted(any ? 50 : 86, 8, any ? 42 : 6)) {
      case 0 -> rand.between(-7, 7);
      case 1 -> rand.of(-90, 90) + rand.between(-5, 5);
      default -> any ? rand.between(-180, 180) : rand.between(-35, 35);
    };
  }

  /** From the code to the camera, tilted to 55 degrees. */
  private Vec towards(Scene scene, Vec point, Vec normal, double distance) {
    Vec beside = normal.cross(Math.abs(normal.y()) > 0.9 ? new Vec(1, 0, 0) : Vec.UP).unit();
    for (int i = 0; i < 60; i++) {
      double tilt = 55 * Math.pow(rand.between(0, 1), 0.8);
      Vec axis = beside.turned(normal, rand.between(0, 360));
      Vec towards = normal.turned(axis, tilt);
      Vec location = point.plus(towards.times(distance));
      boolean above = location.y() > scene.floor + 2 && towards.y() > (scene.anyRoll ? 0.32 : -0.3);
      if (above && location.z() < scene.wall - 2 && Math.abs(towards.y()) < 0.999) {
        return towards;
      }
    }
    return null;
  }

  /** Opens the lens of some cameras, but no code becomes unreadable for that. */
  View opened(View view, Scene scene) {
    if (!rand.chance(0.3)) {
      return view;
    }
    View open = view.opened(view.focus() * rand.logBetween(0.01, 0.05));
    double most = 1;
    for (Card card : scene.cards) {
      for (Placed placed : card.art().symbols) {
        Rect outline = placed.outline();
        double depth =
            view.depth(
                card.world(outline.x() + outline.width() / 2, outline.y() + outline.height() / 2));
        if (depth > 0) {
          double length = outline.longest() * view.pixels() / depth;
          most = Math.min(most, (0.8 + 0.03 * length) / Math.max(1e-9, open.blur(depth)));
        }
      }
    }
    return view.opened(open.aperture() * most);
  }
}
