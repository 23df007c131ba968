// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.RuntimeInfo;
import org.yolotorch.YoloException;
import org.yolotorch.support.ChildJvm;

/** Where the native libraries are unpacked, and what happens if that goes wrong. */
class NativeFolderTest {
  private static final List<String> LIBRARIES =
      List.of(
          "libc10.so",
          "libgfortran.so.5",
          "libgomp.so.1",
          "libopenblas.so.0",
          "libquadmath.so.0",
          "libtorch_cpu.so");

  @TempDir Path folder;

  @Test
  void theVersionIsTheLibrarys() {
    assertEquals(RuntimeInfo.current().version(), NativeFolder.VERSION);
  }

  @Test
  void theNearestSettingNamesTheFolder() {
    String version = "/" + NativeFolder.VERSION;
    assertEquals("/a" + version, find("/a", "YOLOTORCH_NATIVES", "/b"));
    assertEquals("/b" + version, find(null, "YOLOTORCH_NATIVES", "/b", "XDG_CACHE_HOME", "/c"));
    assertEquals("/c/yolotorch/natives" + version, find(null, "XDG_CACHE_HOME", "/c"));
    assertEquals("/home/x/.cache/yolotorch/natives" + version, find(null));
    assertNull(NativeFolder.find(null, Map.of(), "", "Linux"));
  }

  private static String find(String property, String... environment) {
    Map<String, String> map = new java.util.HashMap<>();
    for (int i = 0; i < environment.length; i += 2) {
      map.put(environment[i], environment[i + 1]);
    }
    return NativeFolder.find(property, map, "/home/x", "Linux").toString();
  }

  @Test
  void severalProcessesCanUnpackAtOnceAndWhatIsNotWholeIsUnpackedAgain() throws Exception {
    Path natives = folder.resolve("natives");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(ChildJvm.start(options(natives), Load.class));
    }
    for (Process process : processes) {
      assertLoads(process);
    }
    Map<String, Path> whole = libraries(natives);
    assertEquals(LIBRARIES, List.copyOf(whole.keySet()));
    Path openblas = whole.get("libopenblas.so.0");
    byte[] bytes = Files.readAllBytes(openblas);
    FileTime unpacked = Files.getLastModifiedTime(openblas);

    // Cut off.
    try (RandomAccessFile file = new RandomAccessFile(openblas.toFile(), "rw")) {
      file.setLength(bytes.length / 2);
    }
    Files.setLastModifiedTime(openblas, unpacked);
    assertLoads(ChildJvm.start(options(natives), Load.class));
    assertEquals(-1, Files.mismatch(openblas, Files.write(folder.resolve("expected"), bytes)));

    // Long enough, but its writer was stopped before it was done.
    Files.write(openblas, new byte[bytes.length]);
    assertLoads(ChildJvm.start(options(natives), Load.class));
    assertEquals(-1, Files.mismatch(openblas, folder.resolve("expected")));

    // What is whole is taken as it is.
    Path torch = whole.get("libtorch_cpu.so");
    Object inode = Files.getAttribute(torch, "unix:ino");
    assertLoads(ChildJvm.start(options(natives), Load.class));
    assertEquals(inode, Files.getAttribute(torch, "unix:ino"));
  }

  @Test
  void aFolderThatCannotBeMadeIsReplacedForThisProcess() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    List<String> options = new ArrayList<>(options(file));
    options.add("-Djava.io.tmpdir=" + temporary);
    ChildJvm.Output both = ChildJvm.outputs(ChildJvm.command(options, Load.class));
    String err = both.err();
    assertTrue(err.contains("for this process alone, because '" + file), err);
    assertTrue(err.contains("name a folder that can be written"), err);
    assertEquals("loaded", both.out());
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(List.of(), left.toList());
    }

    options.add("-Djava.io.tmpdir=" + file);
    Process process = ChildJvm.start(options, Load.class);
    String printed = read(process);
    assertNotEquals(0, process.waitFor());
    assertTrue(printed.contains(YoloException.NativeLibrary.class.getName()), printed);
    assertTrue(printed.contains("there is no temporary folder either"), printed);
  }

  private static List<String> options(Path natives) {
    return List.of("-D" + NativeFolder.PROPERTY + "=" + natives);
  }

  private static void assertLoads(Process process) throws IOException, InterruptedException {
    String printed = read(process);
    assertEquals(0, process.waitFor(), printed);
    assertEquals("loaded", printed);
  }

  private static String read(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  /** The libraries of LibTorch that lie unpacked there, by name. */
  private static Map<String, Path> libraries(Path natives) throws IOException {
    Map<String, Path> found = new java.util.TreeMap<>();
    try (Stream<Path> files = Files.walk(natives.resolve(NativeFolder.VERSION))) {
      for (Path file : files.filter(f -> !Files.isSymbolicLink(f)).toList()) {
        String name = file.getFileName().toString();
        boolean ours = name.contains("yolotorch") || name.contains("jni");
        if (Files.isRegularFile(file) && name.contains(".so") && !ours) {
          found.put(name, file);
        }
      }
    }
    return found;
  }

  /** Loads the library. */
  static final class Load {
    public static void main(String[] args) {
      NativeLoader.load();
      System.out.println("loaded");
    }
  }
}
