// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.yolotorch.RuntimeInfo;
import org.yolotorch.YoloException;
import org.yolotorch.source.Sources;

/** {@code yolo checks}: facts of the machine and the build, then what is wrong and what to do. */
final class ChecksCommand {
  private static final int LABEL_WIDTH = 14;
  private static final long LITTLE_MEMORY = 1L << 30;

  private final PrintStream out;
  private final List<String> problems = new ArrayList<>();

  ChecksCommand(PrintStream out) {
    this.out = out;
  }

  /** Prints everything; the exit code is 1 where something does not work. */
  int run() {
    tell("yolotorch", Main.VERSION);
    tell("Java", System.getProperty("java.version") + ", " + System.getProperty("java.vm.name"));
    String system = System.getProperty("os.name") + " " + System.getProperty("os.version");
    tell("system", system + ", " + System.getProperty("os.arch"));
    tell("glibc", glibc());
    boolean runs = tellRuntime();
    tell("memory", memory());
    tell("OpenMP", openMp());
    tell("pictures", pictures());
    tell("videos", videos());
    out.println();
    for (String problem : problems) {
      for (String line : Columns.wrap("  ", 2, problem)) {
        out.println(line);
      }
    }
    out.println(
        !runs ? "yolotorch does not run here." : problems.isEmpty() ? "All is well." : "It runs.");
    return runs ? Main.OK : Main.FAILED;
  }

  private void tell(String label, String text) {
    for (String line : Columns.wrap(label, LABEL_WIDTH, text)) {
      out.println(line);
    }
  }

  /** Whether the native library loads. */
  private boolean tellRuntime() {
    try {
      RuntimeInfo runtime = RuntimeInfo.current();
      tell(
          "CPU",
          (runtime.cpu().isEmpty() ? "unknown" : runtime.cpu()) + ", " + runtime.capability());
      tell("cores", Runtime.getRuntime().availableProcessors() + ", used: " + runtime.threads());
      tell("LibTorch", runtime.libtorch());
      tell("CUDA", runtime.cuda());
      if (runtime.capability().equals("DEFAULT") || runtime.capability().startsWith("NO")) {
        problems.add("The CPU has no AVX2: predictions work, but take several times as long.");
      }
      return true;
    } catch (YoloException e) {
      tell("LibTorch", "not loaded");
      problems.add(e.getMessage());
      return false;
    }
  }

  private String glibc() {
    String said = output("getconf", "GNU_LIBC_VERSION");
    if (!said.startsWith("glibc ")) {
      return "unknown";
    }
    String version = said.substring("glibc ".length());
    String[] parts = version.split("\\.");
    if (parts.length > 1 && Integer.parseInt(parts[0]) == 2 && Integer.parseInt(parts[1]) < 35) {
      problems.add(
          "glibc 2.35 or newer is needed, but this is "
              + version
              + ": use Debian 12, Ubuntu 22.04 or newer, or a container of one.");
    }
    return version;
  }

  private static String output(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(5, TimeUnit.SECONDS) ? text.strip() : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private String memory() {
    long heap = Runtime.getRuntime().maxMemory() >> 20;
    String text = "Java may use " + Console.grouped(heap) + " MiB";
    try {
      for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
        if (line.startsWith("MemAvailable:")) {
          long free = Long.parseLong(line.replaceAll("\\D", "")) << 10;
          if (free < LITTLE_MEMORY) {
            problems.add("Less than 1 GiB of memory is free: the larger models may not fit.");
          }
          return text + ", the machine has " + Console.grouped(free >> 20) + " MiB free";
        }
      }
    } catch (IOException e) {
      // Not Linux.
    }
    return text;
  }

  private String openMp() {
    String policy = System.getenv("OMP_WAIT_POLICY");
    String threads = System.getenv("OMP_NUM_THREADS");
    if (policy != null && policy.toLowerCase(Locale.ROOT).equals("active")) {
      problems.add(
          "OMP_WAIT_POLICY=active lets idle threads spin, which slows predictions on shared cores"
              + " down many times: unset it.");
    }
    return "OMP_WAIT_POLICY "
        + (policy == null ? "passive (chosen)" : policy)
        + ", OMP_NUM_THREADS "
        + (threads == null ? "not set" : threads);
  }

  private String pictures() {
    List<String> missing = new ArrayList<>();
    for (String format : new String[] {"jpeg", "png", "bmp", "gif", "tiff", "webp"}) {
      if (!ImageIO.getImageReadersByFormatName(format).hasNext()) {
        missing.add(format);
      }
    }
    if (missing.isEmpty()) {
      return "JPEG, PNG, BMP, GIF, TIFF, WebP";
    }
    problems.add(
        "Pictures of the formats "
            + missing
            + " cannot be read: put com.twelvemonkeys.imageio:imageio-webp on the class path, and"
            + " use a JDK with java.desktop.");
    return "not " + missing;
  }

  private String videos() {
    try {
      return "FFmpeg " + Sources.ffmpegVersion();
    } catch (YoloException e) {
      problems.add(e.getMessage());
      return "none";
    }
  }
}
