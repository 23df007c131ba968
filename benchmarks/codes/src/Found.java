// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Counts the codes that a model finds in a set of {@link Make}, and the boxes that are wrong. */
public final class Found {
  private static final double OVERLAP = 0.5;

  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private final List<String> missed = new ArrayList<>();
  private int pictures;
  private int wrong;
  private int wrongClass;
  private int loose;
  private int twice;

  private Found() {}

  /** A box of a label or of a prediction, in shares of the picture. */
  private record Box(int type, Rect area, double confidence) {
    static Box read(String line) {
      String[] part = line.strip().split("\\s+");
      double width = Double.parseDouble(part[3]);
      double height = Double.parseDouble(part[4]);
      double x = Double.parseDouble(part[1]) - width / 2;
      double y = Double.parseDouble(part[2]) - height / 2;
      double confidence = part.length > 5 ? Double.parseDouble(part[5]) : 1;
      return new Box(Integer.parseInt(part[0]), new Rect(x, y, width, height), confidence);
    }

    static List<Box> read(Path file) throws IOException {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      return lines.stream().filter(line -> !line.isBlank()).map(Box::read).toList();
    }
  }

  private static final class Tally {
    private int all;
    private int found;
  }

  /**
   * Predicts and counts.
   *
   * @param given arguments of the form key=value
   */
  public static void main(String[] given) throws IOException, InterruptedException {
    Locale.setDefault(Locale.ROOT);
    try {
      Map<String, String> defaults = new LinkedHashMap<>();
      defaults.put("data", "codes-independent");
      defaults.put("model", "");
      defaults.put("yolo", "yolo");
      defaults.put("imgsz", "640");
      defaults.put("conf", "0.25");
      defaults.put("out", "codes-found");
      Arguments arguments = new Arguments(given, defaults);
      predict(arguments);
      new Found().count(arguments);
    } catch (IllegalStateException | IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void predict(Arguments arguments) throws IOException, InterruptedException {
    if (arguments.text("model").isEmpty()) {
      throw new IllegalArgumentException("Expected model=, got none; name a checkpoint.");
    }
    Path labels = arguments.path("out").resolve("labels");
    if (Files.exists(labels)) {
      try (Stream<Path> old = Files.list(labels)) {
        for (Path file : old.filter(f -> f.toString().endsWith(".txt")).toList()) {
          Files.delete(file);
        }
      }
    }
    Path log = Files.createTempFile("found", ".log");
    Path out = arguments.path("out");
    List<String> command =
        List.of(
            arguments.path("yolo").toString(),
            "predict",
            // A name is looked up by yolo, too.
            "model=" + arguments.text("model"),
            "source=" + arguments.path("data").resolve("images"),
            "imgsz=" + arguments.text("imgsz"),
            "conf=" + arguments.text("conf"),
            "save=False",
            "save_txt=True",
            "save_conf=True",
            "project=" + out.getParent(),
            "name=" + out.getFileName(),
            "exist_ok=True");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          "Expected that yolo predict succeeds, but it failed; read " + log + ".");
    }
    Files.delete(log);
  }

  private void count(Arguments arguments) throws IOException {
    Path data = arguments.path("data");
    Path out = arguments.path("out");
    Map<String, List<String[]>> facts = facts(data.resolve("codes.csv"));
    for (String type : Symbol.CLASSES) {
      tallies.put("class " + type, new Tally());
    }
    List<Path> images;
    try (Stream<Path> files = Files.list(data.resolve("images"))) {
      images = files.sorted().toList();
    }
    for (Path image : images) {
      String name = image.getFileName().toString().replaceFirst("\\.jpg$", "");
      List<Box> labels = Box.read(data.resolve("labels").resolve(name + ".txt"));
      List<Box> boxes = Box.read(out.resolve("labels").resolve(name + ".txt"));
      compare(name, labels, boxes, facts.getOrDefault(name, List.of()));
    }
    pictures = images.size();
    Files.write(out.resolve("missed.csv"), missed);
    print();
  }

  /** What is known of each code, in the order of the labels. */
  private static Map<String, List<String[]>> facts(Path file) throws IOException {
    Map<String, List<String[]>> facts = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(file);
    for (String line : lines.subList(1, lines.size())) {
      String[] part = line.split(",");
      facts.computeIfAbsent(part[0], key -> new ArrayList<>()).add(part);
    }
    return facts;
  }

  private void compare(String name, List<Box> labels, List<Box> boxes, List<String[]> facts) {
    boolean[] used = new boolean[boxes.size()];
    for (int i = 0; i < labels.size(); i++) {
      Box label = labels.get(i);
      boolean found = false;
      double nearest = 0;
      for (int j = 0; j < boxes.size(); j++) {
        double overlap = label.area().overlap(boxes.get(j).area());
        boolean same = boxes.get(j).type() == label.type();
        nearest = Math.max(nearest, overlap);
        if (same && overlap >= OVERLAP) {
          twice += found ? 1 : 0;
          found = true;
          used[j] = true;
        }
      }
      String[] fact = facts.get(i);
      for (String group : groups(fact)) {
        Tally tally = tallies.computeIfAbsent(group, key -> new Tally());
        tally.all++;
        tally.found += found ? 1 : 0;
      }
      if (!found) {
        missed.add("%.2f,%s".formatted(nearest, String.join(",", fact)));
      }
    }
    for (int j = 0; j < used.length; j++) {
      if (!used[j]) {
        Box box = boxes.get(j);
        double best =
            labels.stream().mapToDouble(l -> l.area().overlap(box.area())).max().orElse(0);
        wrong++;
        wrongClass += best >= OVERLAP ? 1 : 0;
        loose += best < OVERLAP && best > 0.1 ? 1 : 0;
      }
    }
  }

  /** The groups of a code: all, class, symbology, surface, place, size, module and tilt. */
  private static List<String> groups(String[] fact) {
    double longest = Math.max(Double.parseDouble(fact[7]), Double.parseDouble(fact[8]));
    double module = Double.parseDouble(fact[9]);
    double tilt = Double.parseDouble(fact[10]);
    return List.of(
        "all",
        "class " + fact[1],
        "kind " + fact[2],
        "surface " + fact[3],
        "scene " + fact[4],
        "size "
            + (longest < 48
                ? "22-48"
                : longest < 96 ? "48-96" : longest < 192 ? "96-192" : "192-440"),
        "module " + (module < 1 ? "0-1" : module < 2 ? "1-2" : module < 4 ? "2-4" : "4 and more"),
        "tilt " + (tilt < 20 ? "0-20" : tilt < 40 ? "20-40" : "40-62"));
  }

  private void print() {
    tallies.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry ->
                System.out.printf(
                    "%-32s %4d of %4d  %.3f%n",
                    entry.getKey(),
                    entry.getValue().found,
                    entry.getValue().all,
                    share(entry.getValue())));
    System.out.printf(
        "wrong boxes: %d, of these %d on a code of another class, %d loosely on a code;"
            + " besides %d codes with more than one box%n",
        wrong, wrongClass, loose, twice);
    figure("codes_independent_found", share(tallies.getOrDefault("all", new Tally())), "ratio");
    for (String type : Symbol.CLASSES) {
      figure("codes_independent_found_" + type, share(tallies.get("class " + type)), "ratio");
    }
    figure("codes_independent_false", (double) wrong / Math.max(1, pictures), "boxes/picture");
  }

  private static double share(Tally tally) {
    return tally.all == 0 ? 0 : (double) tally.found / tally.all;
  }

  private static void figure(String name, double value, String unit) {
    System.out.printf("FIGURE %s=%.4f %s%n", name, value, unit);
  }
}
