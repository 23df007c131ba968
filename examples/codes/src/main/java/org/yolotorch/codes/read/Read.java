// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.codes.read;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.yolotorch.Frame;
import org.yolotorch.Image;
import org.yolotorch.Source;
import org.yolotorch.YoloException;
import org.yolotorch.codes.command.Arguments;
import org.yolotorch.codes.command.Mode;
import org.yolotorch.codes.command.UsageException;
import org.yolotorch.source.Sources;

/** Reads the codes in pictures. */
public final class Read implements Mode {
  private static final List<String> NAMES = List.of("model", "source", "out", "conf", "imgsz");

  @Override
  public String help() {
    return """
    Finds the codes in pictures with a model and reads them.

    java -jar yolotorch-codes-0.1.0.jar read source=PATH [NAME=VALUE ...]

    source=PATH     a picture or a folder of pictures
    model=FILE      weights or archive of a model for codes, by default yolo11n-codes.pt,
                    which comes with yolotorch: detect, segment, obb, or pose with the four
                    corners of a symbol
    out=DIR         folder for copies of the pictures with boxes and texts drawn
    conf=0.25       least confidence of a code, 0 to 1
    imgsz=640       longer side of what the model sees, 32 to 4096

    Prints a line with the name of each picture, and below it one for each code: class,
    confidence, box (left, top, right, bottom), format and text, or "not decoded".
    """;
  }

  @Override
  public void run(PrintStream out, String... words) throws UsageException, IOException {
    Arguments arguments = new Arguments(NAMES, words);
    Path source = arguments.existing("source");
    Path folder = arguments.path("out");
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try (CodeReader reader = open(arguments);
        Source pictures = Sources.open(source)) {
      for (Frame frame : pictures) {
        out.println(frame.name());
        try {
          read(reader, frame, folder, out);
        } catch (YoloException.InvalidImage e) {
          out.println("  " + e.getMessage());
        }
      }
    }
  }

  private static void read(CodeReader reader, Frame frame, Path folder, PrintStream out) {
    Image image = frame.read();
    BufferedImage pixels = image.toBufferedImage();
    List<Reading> readings = reader.read(image, pixels);
    readings.forEach(reading -> out.println("  " + reading.toLine()));
    if (folder != null) {
      Drawing.draw(pixels, readings);
      Image.of(pixels).save(folder.resolve(Path.of(frame.name()).getFileName()));
    }
  }

  /** The reader that the arguments model, conf and imgsz tell. */
  public static CodeReader open(Arguments arguments) throws UsageException {
    Path model = arguments.path("model");
    return new CodeReader(
        model == null ? Path.of("yolo11n-codes.pt") : model,
        arguments.number("conf", 0.25, 0, 1),
        arguments.whole("imgsz", 640, 32, 4096));
  }
}
