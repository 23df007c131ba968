// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.yolotorch.ModelArchive;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;

/** Takes the files named in a list through the gate, or loads them, and tells what came of each. */
final class GateMain {
  private static final int REPEATS = 3;

  private GateMain() {}

  /** Arguments: {@code verify} or {@code load}, the list, a sound archive to warm up with. */
  public static void main(String[] args) throws IOException {
    boolean load = args[0].equals("load");
    for (int i = 0; i < 5; i++) {
      ModelArchive.verify(Path.of(args[2]));
    }
    if (load) {
      Yolo.load(Path.of(args[2])).close();
    }
    List<String> files = Files.readAllLines(Path.of(args[1]));
    for (int i = 0; i < files.size(); i++) {
      System.out.println("BEGIN " + i);
      System.out.println("RESULT " + i + "\t" + attempt(Path.of(files.get(i)), load));
    }
  }

  private static String attempt(Path file, boolean load) throws IOException {
    Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    long before = memory("VmRSS:");
    String outcome = "accepted\t";
    long best = Long.MAX_VALUE;
    for (int i = 0; i < (load ? 1 : REPEATS); i++) {
      long start = System.nanoTime();
      try {
        if (load) {
          Yolo.load(file).close();
        } else {
          ModelArchive.verify(file);
        }
      } catch (YoloException e) {
        outcome = e.getClass().getSimpleName() + "\t" + e.getMessage().replace('\n', '|');
      } catch (Throwable e) {
        outcome = e.toString().replace('\n', '|') + "\t";
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    return best / 1e6 + "\t" + (memory("VmHWM:") - before) / 1024.0 + "\t" + outcome;
  }

  private static long memory(String key) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(key)) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IllegalStateException(key);
  }
}
