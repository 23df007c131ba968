// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.compare;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.yolotorch.Image;
import org.yolotorch.codes.command.Arguments;
import org.yolotorch.codes.command.Mode;
import org.yolotorch.codes.command.UsageException;
import org.yolotorch.codes.read.Read;
import org.yolotorch.codes.symbols.CodeClass;

/** Measures what several readers find and read in generated pictures. */
public final class Compare implements Mode {
  private static final List<String> NAMES = List.of("data", "model", "conf", "imgsz");

  private final Map<CodeFinder, Score> scores = new LinkedHashMap<>();
  private final int[] codesOf = new int[CodeClass.values().length];
  private int pictures;
  private int codes;

  @Override
  public String help() {
    return """
    Measures what several readers find and read in generated pictures.

    java -jar yolotorch-codes-0.1.0.jar compare data=DIR [NAME=VALUE ...]

    data=DIR     folder that the mode generate made, with labels for the task detect
    model=FILE   weights or archive of a model for codes, by default yolo11n-codes.pt
    conf=0.25    least confidence of a code, 0 to 1
    imgsz=640    longer side of what the model sees, 32 to 4096

    Readers: ZXing on the whole picture, ZXing on what the model finds, and OpenCV and
    BoofCV if the jar was built with -Ppeers. Columns of the table:

    located   codes that a report is about: its centre is in the box of the label, and its
              longer side is half to twice that of the box. Reports are corners, finder
              patterns or lines, so boxes are not compared.
    decoded   codes whose text is reported; then the same for each class
    wrong     reported texts that no code in the picture has
    ms        milliseconds for a picture in memory, the median

    FIGURE located_decoded_gain is what the model and ZXing decode, divided by what ZXing
    decodes alone.
    """;
  }

  @Override
  public void run(PrintStream out, String... words) throws UsageException, IOException {
    Arguments arguments = new Arguments(NAMES, words);
    Path data = arguments.existing("data");
    List<Path> labelFiles = labelFiles(data);
    Score alone = new Score();
    Score model = new Score();
    try {
      scores.put(new ZxingFinder(), alone);
      scores.put(new ModelFinder(Read.open(arguments)), model);
      ServiceLoader.load(CodeFinder.class).forEach(peer -> scores.put(peer, new Score()));
      for (Path labels : labelFiles) {
        measure(data, labels);
      }
    } finally {
      scores.keySet().forEach(CodeFinder::close);
    }
    print(out);
    if (alone.decoded() == 0) {
      out.println("ZXing alone decoded no code, so there is no ratio; take more pictures.");
    } else {
      double gain = (double) model.decoded() / alone.decoded();
      out.printf(Locale.ROOT, "FIGURE located_decoded_gain=%.2f ratio%n", gain);
    }
  }

  private static List<Path> labelFiles(Path data) throws IOException, UsageException {
    List<Path> files = new ArrayList<>();
    for (String split : List.of("train", "val")) {
      Path folder = data.resolve("detect/labels").resolve(split);
      if (Files.isDirectory(folder)) {
        try (Stream<Path> entries = Files.list(folder)) {
          entries.filter(file -> file.toString().endsWith(".txt")).sorted().forEach(files::add);
        }
      }
    }
    if (files.isEmpty()) {
      throw new UsageException(
          "Labels for the task detect were expected in '"
              + data
              + "', but there are none; make them with generate out="
              + data
              + ".");
    }
    return files;
  }

  private void measure(Path data, Path labelFile) throws IOException {
    String split = labelFile.getParent().getFileName().toString();
    String name = labelFile.getFileName().toString();
    Path file = data.resolve("detect/images").resolve(split).resolve(name.replace(".txt", ".jpg"));
    BufferedImage picture = Image.read(file).toBufferedImage();
    Path texts = data.resolve("texts").resolve(split).resolve(name);
    List<Label> labels = Label.read(labelFile, texts, picture.getWidth(), picture.getHeight());
    if (pictures == 0) {
      scores.keySet().forEach(finder -> finder.find(picture));
    }
    pictures++;
    codes += labels.size();
    labels.forEach(label -> codesOf[label.content().kind().ordinal()]++);
    for (Map.Entry<CodeFinder, Score> entry : scores.entrySet()) {
      long before = System.nanoTime();
      List<Find> finds = entry.getKey().find(picture);
      entry.getValue().add(labels, finds, (System.nanoTime() - before) / 1e6);
    }
  }

  private void print(PrintStream out) {
    out.printf("%d codes in %d pictures%n", codes, pictures);
    out.printf("%-18s %7s %7s", "reader", "located", "decoded");
    for (CodeClass kind : CodeClass.values()) {
      out.printf(" %10s", kind.label());
    }
    out.printf(" %6s %6s%n", "wrong", "ms");
    out.printf("%-18s %7d %7d", "in the pictures", codes, codes);
    for (int of : codesOf) {
      out.printf(" %10d", of);
    }
    out.println();
    scores.forEach(
        (finder, score) -> {
          out.printf("%-18s %7d %7d", finder.name(), score.located(), score.decoded());
          for (CodeClass kind : CodeClass.values()) {
            out.printf(" %10d", score.decoded(kind));
          }
          out.printf(Locale.ROOT, " %6d %6.0f%n", score.wrong(), score.median());
        });
  }
}
