// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.yolotorch.ModelArchive;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.support.CpuTime;

/**
 * Takes the files named in a list through the gate, or loads them, and tells what came of each: CPU
 * milliseconds, megabytes, error and message. The first line is for the sound archive.
 */
final class GateMain {
  private static final int REPEATS = 3;

  private GateMain() {}

  /** Arguments: {@code verify} or {@code load}, the list, a sound archive to warm up with. */
  public static void main(String[] args) throws Exception {
    boolean load = args[0].equals("load");
    Path sound = Path.of(args[2]);
    attempt(sound, load);
    System.out.println("SOUND " + attempt(sound, load));
    List<String> files = Files.readAllLines(Path.of(args[1]));
    for (int i = 0; i < files.size(); i++) {
      System.out.println("BEGIN " + i);
      System.out.println("RESULT " + i + "\t" + attempt(Path.of(files.get(i)), load));
    }
  }

  private static String attempt(Path file, boolean load) throws Exception {
    Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    long before = memory("VmRSS:");
    String[] outcome = {""};
    long best = Long.MAX_VALUE;
    for (int i = 0; i < (load ? 1 : REPEATS); i++) {
      best = Math.min(best, CpuTime.of(() -> outcome[0] = outcome(file, load)));
    }
    return best / 1e6 + "\t" + (memory("VmHWM:") - before) / 1024.0 + "\t" + outcome[0];
  }

  private static String outcome(Path file, boolean load) {
    try {
      if (load) {
        Yolo.load(file).close();
      } else {
        ModelArchive.verify(file);
      }
      return "accepted\t";
    } catch (YoloException e) {
      return e.getClass().getSimpleName() + "\t" + e.getMessage().replace('\n', '|');
    } catch (Throwable e) {
      return e.toString().replace('\n', '|') + "\t";
    }
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
