// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Makes a set of test pictures with codes that shares nothing with the training pictures. */
public final class Make {
  private static final String COLUMNS =
      "picture,class,kind,surface,scene,x,y,width,height,module,tilt,share,projected,"
          + "defocus,motion,noise,quality,scale";

  private Make() {}

  /**
   * Makes pictures.
   *
   * @param given arguments of the form key=value
   */
  public static void main(String[] given) throws IOException {
    Locale.setDefault(Locale.ROOT);
    try {
      Map<String, String> defaults = new LinkedHashMap<>();
      defaults.put("count", "200");
      defaults.put("first", "0");
      defaults.put("seed", "1");
      defaults.put("out", "codes-independent");
      defaults.put("backgrounds", "");
      defaults.put("boxes", "");
      defaults.put("keep", "false");
      make(new Arguments(given, defaults));
    } catch (IllegalStateException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void make(Arguments arguments) throws IOException {
    Tools tools = Tools.find();
    List<Path> photos = photos(arguments);
    Path out = arguments.path("out");
    Files.createDirectories(out.resolve("images"));
    Files.createDirectories(out.resolve("labels"));
    Files.writeString(out.resolve("data.yaml"), yaml());
    Path facts = out.resolve("codes.csv");
    long first = arguments.number("first");
    if (first == 0) {
      Files.writeString(facts, COLUMNS + "\n");
    }
    int codes = 0;
    long end = first + arguments.number("count");
    for (long i = first; i < end; i++) {
      String name = "%05d".formatted(i);
      Path work = Files.createTempDirectory("codes");
      try {
        Picture picture = new Picture(tools, work, photos);
        Path image = out.resolve("images").resolve(name + ".jpg");
        picture.make(arguments.number("seed"), i, image);
        List<String> labels = picture.codes.stream().map(c -> c.label(picture.view)).toList();
        Files.write(out.resolve("labels").resolve(name + ".txt"), labels);
        List<String> lines = picture.codes.stream().map(c -> line(name, picture, c)).toList();
        Files.write(facts, lines, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
        codes += lines.size();
        if (!arguments.text("boxes").isEmpty()) {
          boxes(tools, work, image, picture, arguments.path("boxes").resolve(name + ".png"));
        }
      } finally {
        if (arguments.text("keep").equals("true")) {
          System.out.println(name + ": " + work);
        } else {
          delete(work);
        }
      }
      if ((i + 1 - first) % 20 == 0) {
        System.out.println((i + 1 - first) + " pictures");
      }
    }
    System.out.println((end - first) + " pictures, " + codes + " codes in " + out);
  }

  private static List<Path> photos(Arguments arguments) throws IOException {
    if (arguments.text("backgrounds").isEmpty()) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(arguments.path("backgrounds"))) {
      return files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
    }
  }

  private static String yaml() {
    StringBuilder text = new StringBuilder("path: .\ntrain: images\nval: images\nnames:\n");
    for (int i = 0; i < Symbol.CLASSES.length; i++) {
      text.append("  ").append(i).append(": ").append(Symbol.CLASSES[i]).append('\n');
    }
    return text.toString();
  }

  private static String line(String name, Picture picture, Code code) {
    Symbol symbol = code.placed().symbol();
    Rect box = code.box();
    double depth = picture.view.depth(code.card().frame().origin());
    return "%s,%s,%s,%s,%s,%.1f,%.1f,%.1f,%.1f,%.2f,%.0f,%.2f,%.1f,%.2f,%.2f,%.2f,%d,%.2f"
        .formatted(
            name,
            Symbol.CLASSES[symbol.type()],
            symbol.kind(),
            code.card().shape().name(),
            picture.scene.name,
            box.x(),
            box.y(),
            box.width(),
            box.height(),
            code.free().module(),
            code.free().tilt(),
            code.share(),
            code.free().difference(box),
            picture.view.blur(depth),
            picture.lens.motion(),
            picture.lens.noise(),
            picture.lens.quality(),
            picture.lens.scale());
  }

  /** The picture with its boxes, as a check. */
  private static void boxes(Tools tools, Path work, Path image, Picture picture, Path to)
      throws IOException {
    Files.createDirectories(to.getParent());
    List<String> command = new ArrayList<>(List.of(image.toString(), "-fill", "none"));
    command.addAll(List.of("-strokewidth", "1"));
    String[] colours = {"red", "lime", "cyan", "magenta", "yellow"};
    for (Code code : picture.codes) {
      command.addAll(List.of("-stroke", colours[code.placed().symbol().type()], "-draw"));
      command.add(Art.rectangle(code.box(), 1));
    }
    command.add("PNG24:" + to);
    tools.magick(work, command);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
