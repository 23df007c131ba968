// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Printed matter: what is drawn on a surface, in cm from its upper left corner. */
final class Art {
  /** A drawing in ImageMagick's vector language at so many pixels per cm. */
  interface Mark {
    String draw(double pixels);
  }

  private record Photo(Path file, Rect area) {}

  final double width;
  final double height;

  /** Symbols; those that cannot be seen well enough are taken out before it is drawn. */
  final List<Placed> symbols = new ArrayList<>();

  private final String paper;
  private final List<Mark> marks = new ArrayList<>();
  private final List<Mark> wear = new ArrayList<>();
  private final List<Photo> photos = new ArrayList<>();

  Art(double width, double height, String paper) {
    this.width = width;
    this.height = height;
    this.paper = paper;
  }

  void add(Mark mark) {
    marks.add(mark);
  }

  /** Something over all else, such as scratches. */
  void addWear(Mark mark) {
    wear.add(mark);
  }

  void photo(Path file, Rect area) {
    photos.add(new Photo(file, area));
  }

  void fill(Rect area, String colour) {
    add(pixels -> "fill '" + colour + "' " + rectangle(area, pixels));
  }

  void frame(Rect area, String colour, double line) {
    add(
        pixels ->
            "push graphic-context fill none stroke '%s' stroke-width %s %s pop graphic-context"
                .formatted(colour, number(line * pixels), rectangle(area, pixels)));
  }

  /** A line of text whose baseline begins at a point. */
  void text(double x, double y, double size, String font, String colour, String text) {
    add(
        pixels ->
            "fill '%s' font '%s' font-size %s text %s,%s '%s'"
                .formatted(
                    colour,
                    font,
                    number(size * pixels),
                    number(x * pixels),
                    number(y * pixels),
                    text.replace("'", "")));
  }

  static String rectangle(Rect area, double pixels) {
    return "rectangle %s,%s %s,%s"
        .formatted(
            number(area.x() * pixels),
            number(area.y() * pixels),
            number(area.right() * pixels),
            number(area.bottom() * pixels));
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** Writes it as a picture with so many pixels per cm. */
  void write(Tools tools, Path folder, Path file, double pixels, long seed) {
    List<String> command = new ArrayList<>();
    String size = Math.round(width * pixels) + "x" + Math.round(height * pixels);
    command.addAll(List.of("-seed", Long.toString(seed), "-size", size, "xc:" + paper));
    draw(command, marks, pixels);
    for (Photo photo : photos) {
      String area = geometry(photo.area(), pixels);
      String fit = area.substring(0, area.indexOf('+'));
      command.addAll(List.of("(", photo.file().toString(), "-resize", fit + "^"));
      command.addAll(List.of("-gravity", "center", "-extent", fit, "+repage", ")"));
      place(command, area);
    }
    for (Placed placed : symbols) {
      String area = geometry(placed.area(), pixels);
      draw(
          command,
          List.of(p -> "fill '" + placed.ground() + "' " + rectangle(placed.patch(), p)),
          pixels);
      command.addAll(List.of("(", placed.symbol().picture().toString(), "-colorspace", "sRGB"));
      command.addAll(
          List.of("-type", "TrueColor", "-rotate", Integer.toString(placed.turns() * 90)));
      command.addAll(List.of("-filter", "box", "-resize", area.replaceFirst("\\+.*", "!")));
      command.addAll(
          List.of("+level-colors", placed.ink() + "," + placed.ground(), "+repage", ")"));
      place(command, area);
    }
    draw(command, wear, pixels);
    command.addAll(List.of("-alpha", "off"));
    command.addAll(List.of("-depth", "8", "PNG24:" + file));
    tools.magick(folder, command);
  }

  private static void draw(List<String> command, List<Mark> marks, double pixels) {
    StringBuilder all = new StringBuilder();
    for (Mark mark : marks) {
      all.append(mark.draw(pixels)).append('\n');
    }
    if (all.length() > 0) {
      command.addAll(List.of("-draw", all.toString()));
    }
  }

  private static void place(List<String> command, String area) {
    String at = area.substring(area.indexOf('+'));
    command.addAll(List.of("-gravity", "northwest", "-geometry", at, "-composite"));
  }

  /** Whole pixels, at least one. */
  private static String geometry(Rect area, double pixels) {
    long x = Math.round(area.x() * pixels);
    long y = Math.round(area.y() * pixels);
    return "%dx%d+%d+%d"
        .formatted(
            Math.max(1, Math.round(area.right() * pixels) - x),
            Math.max(1, Math.round(area.bottom() * pixels) - y),
            x,
            y);
  }
}
