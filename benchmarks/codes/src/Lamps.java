// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

/** Light: a lamp or the sun, light from the room, sometimes a flash or blinds. */
final class Lamps {
  private final Rand rand;
  private final Textures textures;

  Lamps(Rand rand, Textures textures) {
    this.rand = rand;
    this.textures = textures;
  }

  String text(Scene scene, View view) {
    Vec target = view.location().plus(view.direction().times(view.focus()));
    StringBuilder text = new StringBuilder("#if (!MASK)\n");
    String warm = warmth();
    text.append("global_settings { assumed_gamma 1.0 max_trace_level 5 ambient_light rgb ");
    text.append("%.2f * %s }\n".formatted(rand.logBetween(0.5, 1.5), warm));
    double room = 1;
    if (rand.chance(0.85)) {
      Vec from = place(scene, view, target);
      lamp(text, target, from, warm, view.aperture() > 0 ? 0 : 1);
      if (rand.chance(0.12)) {
        blinds(text, target, from);
      }
      room = rand.between(0.15, 0.5);
    }
    Vec fill = place(scene, view, target);
    text.append(
        "light_source { %s rgb %.2f * %s shadowless }\n"
            .formatted(target.plus(fill), room * 0.6, warmth()));
    if (rand.chance(0.12)) {
      Vec flash = view.location().plus(view.right().times(1.2)).plus(view.up().times(1.5));
      text.append("light_source { %s rgb %.2f }\n".formatted(flash, rand.between(0.3, 0.9)));
    }
    windows(text, view, target);
    text.append(sky());
    return text.append("#else global_settings { assumed_gamma 1.0 }\n#end\n").toString();
  }

  private String warmth() {
    double warm = rand.between(-0.1, 0.22);
    return "<1, %.3f, %.3f>".formatted(1 - Math.abs(warm) * 0.3, 1 - warm);
  }

  /** A direction of light, on the side of the codes that the camera sees. */
  private Vec place(Scene scene, View view, Vec target) {
    Vec back = view.direction().times(-1);
    Vec direction = back;
    for (int i = 0; i < 50; i++) {
      direction = new Vec(rand.between(-1, 1), rand.between(-0.1, 1), rand.between(-1, 1)).unit();
      Vec lamp = target.plus(direction.times(60));
      boolean outside = lamp.y() > scene.floor + 15 && lamp.z() < scene.wall - 10;
      if (outside && direction.dot(back) > 0.25) {
        return direction.times(rand.logBetween(70, 260));
      }
    }
    return back.plus(new Vec(0, 0.5, 0)).times(80);
  }

  private void lamp(StringBuilder text, Vec target, Vec from, String warm, int adaptive) {
    Vec one = from.unit().cross(new Vec(0.3, 0.9, 0.2)).unit();
    Vec two = from.unit().cross(one);
    double size = from.length() * rand.logBetween(0.02, 0.35);
    text.append(
        "light_source { %s rgb %.2f * %s area_light %s, %s, 5, 5 adaptive %d circular orient }\n"
            .formatted(
                target.plus(from),
                rand.between(0.55, 1.25),
                warm,
                one.times(size),
                two.times(size),
                adaptive));
  }

  /** Strips that throw shadows but are not seen. */
  private void blinds(StringBuilder text, Vec target, Vec from) {
    Vec up = from.unit();
    Vec right = up.cross(new Vec(0.5, 0.7, 0.3)).unit();
    Frame frame = new Frame(target.plus(from.times(0.5)), right, up);
    double wide = from.length() * rand.between(0.015, 0.06);
    for (int i = -3; i <= 3; i++) {
      double z = i * wide * 2.1;
      text.append(
          ("box { <-500, -0.1, %.3f>, <500, 0.1, %.3f> no_image no_reflection pigment { rgb 0 }"
                  + " %s }\n")
              .formatted(z, z + wide, frame.matrix()));
    }
  }

  /** Bright areas behind the photographer that glossy things reflect. */
  private void windows(StringBuilder text, View view, Vec target) {
    int count = rand.integer(0, 2);
    for (int i = 0; i < count; i++) {
      Vec sideways =
          view.right()
              .times(rand.between(-1.2, 1.2))
              .plus(view.up().times(rand.between(-0.4, 1.2)))
              .plus(view.direction().times(-1))
              .unit();
      Frame frame = new Frame(target.plus(sideways.times(220)), view.right(), view.up());
      text.append(
          ("box { <%.1f, %.1f, 0>, <%.1f, %.1f, 1> no_image no_shadow pigment { rgb 1 } finish {"
                  + " emission %.2f ambient 0 diffuse 0 } %s }\n")
              .formatted(
                  -rand.between(15, 60),
                  -rand.between(15, 70),
                  rand.between(15, 60),
                  rand.between(15, 70),
                  rand.between(0.8, 2),
                  frame.matrix()));
    }
  }

  private String sky() {
    double top = rand.between(0.2, 0.9);
    return "sky_sphere { pigment { gradient y color_map { [0 %s] [0.5 %s] [1 %s] } } }\n"
        .formatted(textures.colour(top * 0.4), textures.colour(top * 0.7), textures.colour(top));
  }
}
