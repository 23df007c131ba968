// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a camera does to a picture after the light went through it.
 *
 * @param scale the sensor's pixels for one of the picture, along a side
 * @param motion pixels that the camera moved while it took the picture
 * @param noise strength of the sensor's noise
 * @param quality of JPEG
 */
record Lens(double scale, double motion, double noise, int quality) {
  static Lens any(Rand rand) {
    double scale = rand.of(1.0, 1.0, 1.0, 0.85, 0.7);
    double motion = rand.chance(0.15) ? rand.between(1, 4) : 0;
    double noise = rand.chance(0.7) ? rand.logBetween(0.05, 0.5) : 0;
    return new Lens(scale, motion, noise, rand.integer(38, 95));
  }

  /** Develops a rendered picture. */
  void develop(Tools tools, Path folder, Path from, Path to, View view, Rand rand) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("-seed", Integer.toString(rand.integer(1, 1 << 30)), from.toString()));
    command.addAll(List.of("-depth", "16"));
    if (rand.chance(0.8)) {
      // Cameras choose their exposure.
      command.addAll(List.of("-contrast-stretch", exposure(rand)));
    }
    if (motion > 0) {
      command.addAll(List.of("-morphology", "Convolve", kernel(rand.between(0, Math.PI))));
    }
    if (rand.chance(0.3)) {
      command.addAll(List.of("-blur", "0x%.2f".formatted(rand.between(0.3, 0.7))));
    }
    if (rand.chance(0.6)) {
      command.addAll(List.of("-brightness-contrast", brightness(rand)));
    }
    if (rand.chance(0.3)) {
      vignette(command, view, rand);
    }
    if (rand.chance(0.12)) {
      command.addAll(List.of("-colorspace", "Gray", "-colorspace", "sRGB", "-type", "TrueColor"));
    } else {
      whiteBalance(command, rand);
    }
    if (noise > 0) {
      command.addAll(List.of("-attenuate", "%.3f".formatted(noise)));
      command.addAll(List.of("+noise", "Gaussian"));
    }
    if (rand.chance(0.35)) {
      command.addAll(List.of("-unsharp", "0x0.9+%.2f+0.01".formatted(rand.between(0.4, 1.4))));
    }
    command.addAll(List.of("-filter", rand.of("Triangle", "Mitchell", "Lanczos"), "-resize"));
    command.add(view.width() + "x" + view.height() + "!");
    command.addAll(List.of("-sampling-factor", rand.of("4:2:0", "4:2:0", "4:4:4")));
    command.addAll(List.of("-depth", "8", "-strip", "-quality", Integer.toString(quality)));
    command.add("JPEG:" + to);
    tools.magick(folder, command);
  }

  private static String exposure(Rand rand) {
    return "%.2f%%x%.2f%%".formatted(rand.between(0, 0.5), rand.logBetween(0.2, 3));
  }

  private static String brightness(Rand rand) {
    return "%dx%d".formatted(rand.integer(-14, 12), rand.integer(-14, 16));
  }

  private void vignette(List<String> command, View view, Rand rand) {
    String size = Math.round(view.width() * scale) + "x" + Math.round(view.height() * scale);
    String edge = "gray(%d%%)".formatted(rand.integer(45, 85));
    command.addAll(List.of("(", "-size", size, "radial-gradient:white-" + edge, ")"));
    command.addAll(List.of("-compose", "multiply", "-composite", "-compose", "over"));
  }

  private static void whiteBalance(List<String> command, Rand rand) {
    for (String channel : List.of("R", "B")) {
      command.addAll(List.of("-channel", channel, "-evaluate", "multiply"));
      command.addAll(List.of("%.3f".formatted(rand.between(0.9, 1.08)), "+channel"));
    }
  }

  /** A line through the middle, so that nothing moves in the mean. */
  private String kernel(double angle) {
    int size = 7;
    double[] weights = new double[size * size];
    int steps = 60;
    for (int i = 0; i <= steps; i++) {
      double way = motion * scale * ((double) i / steps - 0.5);
      double x = 3 + way * Math.cos(angle);
      double y = 3 + way * Math.sin(angle);
      int left = (int) Math.floor(x);
      int top = (int) Math.floor(y);
      for (int corner = 0; corner < 4; corner++) {
        int column = left + corner % 2;
        int row = top + corner / 2;
        if (column < size && row < size) {
          weights[row * size + column] +=
              (1 - Math.abs(x - column)) * (1 - Math.abs(y - row)) / (steps + 1);
        }
      }
    }
    StringBuilder text = new StringBuilder(size + "x" + size + ":");
    for (int i = 0; i < weights.length; i++) {
      text.append(i == 0 ? " " : ",").append(String.format(Locale.ROOT, "%.5f", weights[i]));
    }
    return text.toString();
  }
}
