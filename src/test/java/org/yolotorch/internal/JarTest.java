// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yolotorch.RuntimeInfo;
import org.yolotorch.Yolo;
import org.yolotorch.YoloException;
import org.yolotorch.source.Sources;
import org.yolotorch.support.ChildJvm;
import org.yolotorch.val.ValOptions;

class JarTest {
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{(.+)}");

  @TempDir Path folder;

  @Test
  void versionsAreThoseOfThePom() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    for (Jar jar : Jar.values()) {
      String[] parts = jar.coordinates().split(":");
      String version = element(pom, parts[1]);
      Matcher property = PROPERTY.matcher(version);
      if (property.matches()) {
        version = pom.replaceAll("(?s).*<" + property.group(1) + ">(.*?)<.*", "$1");
      }
      assertEquals(version, parts[2], jar.coordinates());
    }
  }

  /** The version that stands behind an artifact's name. */
  private static String element(String pom, String artifact) {
    Matcher found =
        Pattern.compile(
                "<artifactId>"
                    + artifact
                    + "</artifactId>\\s*(?:<!--.*?-->\\s*)?<version>(.*?)</version>")
            .matcher(pom);
    assertTrue(found.find(), artifact);
    return found.group(1);
  }

  @ParameterizedTest
  @EnumSource(names = "XCHART", mode = EnumSource.Mode.EXCLUDE)
  void theMissingOneIsNamed(Jar missing) throws Exception {
    Process process = start(missing);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    List<String> sentences =
        said.lines().filter(line -> line.startsWith("NATIVE_LIBRARY ")).toList();
    String expected =
        " the jar "
            + missing.coordinates()
            + ", but it is neither on the class path nor among the modules; add ";
    assertFalse(sentences.isEmpty(), said);
    assertTrue(sentences.stream().allMatch(line -> line.contains(expected)), said);
  }

  private Process start(Jar missing) throws IOException {
    List<String> command =
        new ArrayList<>(
            ChildJvm.command(
                List.of("-Dorg.yolotorch.natives=" + folder.resolve("natives")),
                UsesAll.class,
                folder));
    int at = command.indexOf("-cp") + 1;
    String[] parts = missing.coordinates().split(":");
    String name = parts[1] + "-" + parts[2] + (parts.length == 3 ? "" : "-" + parts[3]) + ".jar";
    Predicate<String> stays = entry -> !new File(entry).getName().equals(name);
    String classPath =
        Arrays.stream(command.get(at).split(File.pathSeparator))
            .filter(stays)
            .map(entry -> missing == Jar.YOLOTORCH_NATIVES ? withoutNatives(entry) : entry)
            .collect(Collectors.joining(File.pathSeparator));
    command.set(at, classPath);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Another folder with the classes alone, for the one that holds our libraries. */
  private String withoutNatives(String entry) {
    Path classes = Path.of(entry);
    if (!Files.isDirectory(classes.resolve("org/yolotorch/internal/linux-x86_64"))) {
      return entry;
    }
    Path copy = folder.resolve("classes");
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        Path to = copy.resolve(classes.relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return copy.toString();
  }

  /** Uses each jar, and prints why that failed. */
  static final class UsesAll {
    private UsesAll() {}

    public static void main(String[] args) throws IOException {
      Path folder = Path.of(args[0]);
      attempt(RuntimeInfo::current);
      attempt(Sources::ffmpegVersion);
      Path data = Files.writeString(folder.resolve("data.yaml"), "names: [a]\nval: none\n");
      attempt(
          () -> {
            try (Yolo model = Yolo.load(Path.of("yolo11n.yaml"))) {
              model.val(ValOptions.builder(data).build());
            }
          });
    }

    private static void attempt(Runnable use) {
      try {
        use.run();
      } catch (YoloException.NativeLibrary e) {
        System.out.println(e.code() + " " + e.getMessage());
      } catch (YoloException e) {
        System.out.println("other: " + e.getMessage());
      }
    }
  }
}
