// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Textures of tables, floors, walls and things. */
final class Textures {
  private final Rand rand;
  private final List<Path> photos;

  Textures(Rand rand, List<Path> photos) {
    this.rand = rand;
    this.photos = photos;
  }

  /** What codes are not on is black in the mask. */
  static String masked(String texture) {
    return "#if (MASK) texture { pigment { rgb 0 } finish { Flat } } #else " + texture + " #end";
  }

  /** A surface in the plane of x and z on which things lie. */
  String ground() {
    return masked(
        switch (rand.weighted(30, 14, 12, 20, 8, 8, 8)) {
          case 0 -> wood();
          case 1 -> stone();
          case 2 -> cloth();
          case 3 -> photo(90, rand.between(100, 240));
          case 4 -> plain(rand.between(0.05, 0.9));
          case 5 -> concrete();
          default -> sheetMetal();
        });
  }

  /** A wall in the plane of x and y. */
  String wall() {
    return masked(
        switch (rand.weighted(22, 14, 12, 8, 34, 10)) {
          case 0 -> plain(rand.between(0.25, 0.9));
          case 1 -> "texture { " + inner(wood()) + " rotate z*90 }";
          case 2 -> brick();
          case 3 -> concrete();
          case 4 -> photo(0, rand.between(110, 240));
          default -> tiles();
        });
  }

  private static String inner(String texture) {
    return texture.substring(texture.indexOf('{') + 1, texture.lastIndexOf('}'));
  }

  String wood() {
    return "texture { T_Wood%d scale %.1f rotate <%.1f, %.1f, 0> translate <%.0f, %.0f, 0> }"
        .formatted(
            rand.integer(1, 35),
            rand.between(2.5, 9),
            rand.between(2, 8),
            rand.between(0, 180),
            rand.between(0, 50),
            rand.between(0, 50));
  }

  String stone() {
    return "texture { T_Stone%d scale %.1f rotate y*%.0f finish { reflection 0 } }"
        .formatted(rand.integer(1, 24), rand.between(8, 25), rand.between(0, 180));
  }

  /** Plain weave in two colours, with stripes. */
  String cloth() {
    double step = rand.between(1.5, 7);
    String one = colour(rand.between(0.2, 0.8));
    String two = colour(rand.between(0.2, 0.8));
    return """
    texture {
      pigment { gradient x pigment_map {
        [0 gradient z color_map { [0.5 %1$s] [0.5 %2$s] }]
        [0.5 gradient z color_map { [0.5 %1$s] [0.5 %2$s] }]
        [0.5 gradient z color_map { [0.5 %2$s] [0.5 %1$s * 0.8] }] } scale %3$.2f rotate y*%4$.0f }
      normal { quilted 0.6 scale 0.12 }
      finish { diffuse 0.7 ambient 0.2 }
    }
    """
        .formatted(one, two, step, rand.between(0, 90));
  }

  /** A photograph, so many cm wide, turned about x by degrees. */
  String photo(double turn, double width) {
    if (photos.isEmpty()) {
      return plain(rand.between(0.2, 0.8));
    }
    return ("texture { pigment { image_map { jpeg \"%s\" interpolate 2 } translate <-0.5, -0.5, 0>"
            + " scale <%.1f, %.1f, 1> rotate x*%.0f } finish { diffuse 0.75 ambient 0.22 } }")
        .formatted(rand.of(photos), width, width * 1.2, turn);
  }

  /** A photograph that shines by itself, as what is seen through a window. */
  String distant() {
    if (photos.isEmpty()) {
      return masked(plain(rand.between(0.2, 0.8)));
    }
    return masked(
        ("texture { pigment { image_map { jpeg \"%s\" interpolate 2 once } translate <-0.5, -0.5,"
                + " 0> } finish { diffuse 0 ambient 0 emission %.2f } }")
            .formatted(rand.of(photos), rand.between(0.55, 1)));
  }

  String plain(double brightness) {
    return ("texture { pigment { %s } normal { bumps %.2f scale %.2f } finish { diffuse 0.75"
            + " ambient 0.2 } }")
        .formatted(colour(brightness), rand.between(0, 0.15), rand.between(0.1, 1.5));
  }

  String concrete() {
    double light = rand.between(0.3, 0.7);
    return ("texture { pigment { granite color_map { [0 rgb %.2f] [0.6 rgb %.2f] [1 rgb %.2f] }"
            + " scale %.1f } normal { granite 0.08 scale 3 } finish { diffuse 0.75 ambient 0.2"
            + " } }")
        .formatted(light * 0.75, light, light * 1.2, rand.between(10, 40));
  }

  String sheetMetal() {
    return ("texture { pigment { %s } normal { bumps 0.1 scale <8, 0.1, 0.1> rotate y*%.0f }"
            + " finish { diffuse 0.5 ambient 0.18 specular 0.5 roughness 0.04 } }")
        .formatted(grey(rand.between(0.4, 0.75)), rand.between(0, 180));
  }

  private String brick() {
    return ("texture { pigment { brick %s %s brick_size <20, 7, 10> mortar 0.9 }"
            + " normal { brick 0.3 brick_size <20, 7, 10> mortar 0.9 }"
            + " finish { diffuse 0.75 ambient 0.2 } translate <3, 2, 1> }")
        .formatted(grey(rand.between(0.5, 0.7)), colour(rand.between(0.25, 0.6)));
  }

  private String tiles() {
    double size = rand.between(6, 20);
    return ("texture { pigment { brick %1$s %2$s brick_size <%3$.1f, %3$.1f, %3$.1f> mortar 0.4 }"
            + " finish { diffuse 0.7 ambient 0.2 specular 0.3 roughness 0.02 }"
            + " translate <1, 2, %4$.1f> }")
        .formatted(grey(0.5), colour(rand.between(0.5, 0.9)), size, size / 2);
  }

  /** Smooth plastic or paint. */
  String plastic(String colour) {
    return masked(
        ("texture { pigment { %s } finish { diffuse 0.65 ambient 0.2 specular 0.5 roughness"
                + " 0.02 reflection 0.03 } }")
            .formatted(colour));
  }

  String metal() {
    return masked(
        "texture { pigment { rgb <0.75, 0.75, 0.77> } finish { diffuse 0.45 ambient 0.15 specular"
            + " 0.8 roughness 0.02 metallic reflection { 0.3 metallic } } }");
  }

  static String matt(String pigment) {
    return masked("texture { pigment { " + pigment + " } finish { diffuse 0.78 ambient 0.22 } }");
  }

  /** A colour as printed: "#rrggbb". */
  static String hex(String colour) {
    int rgb = Integer.parseInt(colour.substring(1), 16);
    return String.format(
        Locale.ROOT,
        "srgb <%.3f, %.3f, %.3f>",
        (rgb >> 16) / 255.0,
        (rgb >> 8 & 255) / 255.0,
        (rgb & 255) / 255.0);
  }

  String colour(double brightness) {
    double tint = rand.of(0.08, 0.2, 0.5);
    double[] part = new double[3];
    for (int i = 0; i < 3; i++) {
      part[i] = Math.min(1, Math.max(0, brightness * (1 + rand.between(-tint, tint))));
    }
    return String.format(Locale.ROOT, "srgb <%.3f, %.3f, %.3f>", part[0], part[1], part[2]);
  }

  static String grey(double brightness) {
    return String.format(Locale.ROOT, "srgb %.3f", brightness);
  }
}
