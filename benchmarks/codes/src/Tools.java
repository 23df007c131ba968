// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.benchmarks.codes;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The programs that make the pictures. */
final class Tools {
  private static final List<String> MAGICK = List.of("magick", "convert-im6.q16", "convert");
  private static final List<String> INCLUDES =
      List.of("/usr/share/povray-3.7/include", "/usr/local/share/povray-3.7/include");

  /** ImageMagick's command. */
  final String magick;

  /** POV-Ray's folder of textures and fonts. */
  final Path includes;

  private Tools(String magick, Path includes) {
    this.magick = magick;
    this.includes = includes;
  }

  /**
   * Looks for all programs.
   *
   * @throws IllegalStateException naming whatever is missing, with its Debian package
   */
  static Tools find() {
    List<String> missing = new ArrayList<>();
    need(missing, "zint", "zint");
    need(missing, "povray", "povray");
    need(missing, "qrencode", "qrencode");
    need(missing, "iec16022", "iec16022");
    need(missing, "dmtxwrite", "dmtx-utils");
    String magick = MAGICK.stream().filter(Tools::isImageMagick).findFirst().orElse(null);
    if (magick == null) {
      missing.add("ImageMagick (imagemagick)");
    }
    Path includes =
        INCLUDES.stream()
            .map(Path::of)
            .filter(folder -> Files.exists(folder.resolve("woods.inc")))
            .findFirst()
            .orElse(null);
    if (includes == null) {
      missing.add("POV-Ray's woods.inc (povray-includes)");
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "Missing programs, with their Debian packages: "
              + String.join(", ", missing)
              + "; install these and start again.");
    }
    return new Tools(magick, includes);
  }

  private static void need(List<String> missing, String program, String debian) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return;
      }
    }
    missing.add(program + " (" + debian + ")");
  }

  /** Other programs have the name convert, too. */
  private static boolean isImageMagick(String command) {
    try {
      Process process = new ProcessBuilder(command, "-version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return said.startsWith("Version: ImageMagick");
    } catch (IOException e) {
      return false;
    }
  }

  String font(String name) {
    return includes.resolve(name).toString();
  }

  /** Runs ImageMagick in one thread, so that its noise is the same each time. */
  void magick(Path folder, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(magick, "-limit", "thread", "1"));
    command.addAll(arguments);
    run(folder, command);
  }

  /**
   * Runs a program to its end.
   *
   * @throws IllegalStateException with the end of what it said, if it failed
   */
  void run(Path folder, List<String> command) {
    try {
      Path log = folder.resolve("log.txt");
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      process.getOutputStream().close();
      if (process.waitFor() != 0) {
        String said = Files.readString(log, StandardCharsets.ISO_8859_1).strip();
        throw new IllegalStateException(
            "Expected that %s succeeds, but it said: %s (command: %s)"
                .formatted(
                    command.get(0),
                    said.substring(Math.max(0, said.length() - 600)),
                    String.join(" ", command)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + command.get(0) + " ran.", e);
    }
  }
}
