// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code yolo} in a source tree that is built, with a java that tells its locale. */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
  /** Milliseconds: later than any file that this test writes. */
  private static final long YEAR_2100 = 4_102_444_800_000L;

  @TempDir Path root;

  @BeforeEach
  void makeTree() throws IOException {
    Files.copy(Path.of("yolo"), root.resolve("yolo"));
    for (String folder :
        new String[] {"models", "native/src", "native/include", "native/cmake", "src/main"}) {
      Files.createDirectories(root.resolve(folder));
    }
    for (String file : new String[] {"pom.xml", "CMakeLists.txt"}) {
      Files.createFile(root.resolve(file));
    }
    Path bin = Files.createDirectories(root.resolve("jdk/bin"));
    Path java = bin.resolve("java");
    Files.writeString(java, "#!/bin/sh\necho \"${LC_ALL-unset}\"\n");
    java.toFile().setExecutable(true);
    Path target = Files.createDirectory(root.resolve("target"));
    Path stamp = target.resolve("launcher.classpath");
    Files.writeString(stamp, java.toString());
    // Later than the sources, as after a build, and before the archive of the classes.
    Files.setLastModifiedTime(stamp, FileTime.fromMillis(YEAR_2100));
    Path archive = Files.createFile(target.resolve("yolo.jsa"));
    Files.setLastModifiedTime(archive, FileTime.fromMillis(YEAR_2100 + 60_000));
  }

  private String localeOf(Map<String, String> settings) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", root.resolve("yolo").toString(), "version");
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(key -> key.startsWith("LC_") || key.equals("LANG"));
    environment.putAll(settings);
    environment.put("JAVA_HOME", root.resolve("jdk").toString());
    environment.remove("YOLO_MAVEN_ARGS");
    environment.remove("YOLO_JAVA_OPTS");
    builder.redirectError(root.resolve("errors").toFile());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> said);
    return said.strip();
  }

  @Test
  void aLocaleWithoutUtf8IsReplaced() throws Exception {
    assertEquals("C.UTF-8", localeOf(Map.of()));
    assertEquals("C.UTF-8", localeOf(Map.of("LC_ALL", "C")));
    assertEquals("C.UTF-8", localeOf(Map.of("LC_CTYPE", "POSIX", "LANG", "C.UTF-8")));
    assertEquals("", Files.readString(root.resolve("errors")));
    // One that is not installed.
    assertEquals("C.UTF-8", localeOf(Map.of("LANG", "xx_YY.UTF-8")));
  }

  /** A folder that the shell's cd would go to instead, and say so on standard output. */
  @Test
  void anExportedCdpathLeadsNowhereElse() throws Exception {
    Path decoy = Files.createDirectories(root.resolve("decoy"));
    for (String folder : new String[] {"models", "native/src", "target", "src/main", "yolo-tree"}) {
      Files.createDirectories(decoy.resolve(folder));
    }
    try (Stream<Path> before = Files.walk(decoy)) {
      long entries = before.count();
      for (String places : new String[] {decoy.toString(), ".", decoy + ":" + root.getParent()}) {
        assertEquals("C.UTF-8", localeOf(Map.of("CDPATH", places)), places);
      }
      try (Stream<Path> after = Files.walk(decoy)) {
        assertEquals(entries, after.count());
      }
    }
    assertEquals("", Files.readString(root.resolve("errors")));
  }

  /** Java takes it for the end of a place of classes. */
  @Test
  void aPathWithAColonIsRefused() throws Exception {
    for (String name : new String[] {"a:b", "in/:c", "d:"}) {
      Path tree = Files.createDirectories(root.resolve(name));
      Files.copy(root.resolve("yolo"), tree.resolve("yolo"));
      for (Path start : new Path[] {tree.resolve("yolo"), root.resolve("link" + name.length())}) {
        if (!Files.exists(start)) {
          Files.createSymbolicLink(start, tree.resolve("yolo"));
        }
        Process process =
            new ProcessBuilder("bash", start.toString(), "version")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor(), said);
        assertEquals(
            "yolo: expected a folder without ':' in its path, as Java cannot read classes from"
                + " another, but yolotorch lies in "
                + tree.toRealPath()
                + "; move it\n",
            said);
      }
    }
  }

  @Test
  void aLocaleWithUtf8Stays() throws Exception {
    assertEquals("unset", localeOf(Map.of("LANG", "C.UTF-8")));
    assertEquals("C.utf8", localeOf(Map.of("LC_ALL", "C.utf8")));
    assertEquals("unset", localeOf(Map.of("LC_CTYPE", "C.UTF-8", "LANG", "C")));
  }

  @Test
  void aLimitThatJavaItselfCannotStartWithIsOneSentence() throws Exception {
    for (int mebibytes : new int[] {300, 1500, 2900}) {
      String command = "ulimit -v " + 1024 * mebibytes + " && exec bash \"$0\" version";
      ProcessBuilder builder =
          new ProcessBuilder("bash", "-c", command, root.resolve("yolo").toString());
      builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
      builder.environment().remove("YOLO_MAVEN_ARGS");
      Process process = builder.redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(1, process.waitFor(), said);
      assertEquals(
          "yolo: expected memory of 3906 MiB or more for Java and LibTorch, but this shell limits"
              + " it to "
              + mebibytes
              + " MiB; raise the limit (ulimit -v unlimited)",
          said.strip());
    }
  }
}
