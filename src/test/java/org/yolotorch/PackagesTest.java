// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which package uses which, as jdeps tells it: there is one circle, named in CONTRIBUTING. */
class PackagesTest {
  private static final String ROOT = "org.yolotorch";
  private static final String INTERNAL = "org.yolotorch.internal";
  private static final Pattern USE =
      Pattern.compile("(?m)^ +(org\\.yolotorch\\S*) +-> +(org\\.yolotorch\\S*) ");

  private static Map<String, Set<String>> packages;

  @BeforeAll
  static void readPackages() throws IOException, URISyntaxException {
    List<String> arguments = new ArrayList<>(List.of("-verbose:package", "-filter:none"));
    Path classes = Path.of(Yolo.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    // By name: of a folder jdeps would read module-info.class, and ask for every module it
    // requires.
    try (Stream<Path> files = Files.walk(classes.resolve("org"))) {
      files.map(Path::toString).filter(file -> file.endsWith(".class")).forEach(arguments::add);
    }
    StringWriter told = new StringWriter();
    PrintWriter out = new PrintWriter(told);
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
    assertEquals(0, jdeps.run(out, out, arguments.toArray(String[]::new)), told::toString);
    packages = new TreeMap<>();
    for (Matcher use = USE.matcher(told.toString()); use.find(); ) {
      add(packages, use.group(1), use.group(2));
    }
  }

  private static void add(Map<String, Set<String>> graph, String from, String to) {
    graph.computeIfAbsent(from, name -> new TreeSet<>()).add(to);
    graph.computeIfAbsent(to, name -> new TreeSet<>());
  }

  private static boolean isInternal(String name) {
    return name.equals(INTERNAL) || name.startsWith(INTERNAL + ".");
  }

  /** The graph with other names; one that becomes null is left out. */
  private static Map<String, Set<String>> renamed(
      Map<String, Set<String>> graph, UnaryOperator<String> rename) {
    Map<String, Set<String>> renamed = new TreeMap<>();
    graph.forEach(
        (from, all) -> {
          for (String to : all) {
            if (rename.apply(from) != null && rename.apply(to) != null) {
              add(renamed, rename.apply(from), rename.apply(to));
            }
          }
        });
    return renamed;
  }

  private static Set<String> reachable(Map<String, Set<String>> graph, String start) {
    Set<String> seen = new TreeSet<>();
    List<String> open = new ArrayList<>(List.of(start));
    while (!open.isEmpty()) {
      String from = open.remove(open.size() - 1);
      for (String to : graph.get(from)) {
        if (!to.equals(from) && seen.add(to)) {
          open.add(to);
        }
      }
    }
    return seen;
  }

  /** The packages that reach themselves through another one. */
  private static Set<String> inCircles(Map<String, Set<String>> graph) {
    Set<String> found = new TreeSet<>(graph.keySet());
    found.removeIf(name -> !reachable(graph, name).contains(name));
    return found;
  }

  @Test
  void onlyTheRootAndItsInternalsUseEachOther() {
    assertTrue(packages.keySet().containsAll(Set.of(ROOT, INTERNAL, ROOT + ".cli")), "no packages");
    Map<String, Set<String>> joined = renamed(packages, name -> isInternal(name) ? ROOT : name);
    assertEquals(Set.of(), inCircles(joined), joined::toString);
  }

  @Test
  void internalPackagesUseEachOtherOneWay() {
    Map<String, Set<String>> internal = renamed(packages, name -> isInternal(name) ? name : null);
    assertTrue(internal.size() > 5, internal::toString);
    assertEquals(Set.of(), inCircles(internal), internal::toString);
  }

  @Test
  void aCircleIsFound() {
    Map<String, Set<String>> graph = renamed(packages, name -> isInternal(name) ? ROOT : name);
    add(graph, ROOT, ROOT + ".render");
    assertEquals(Set.of(ROOT, ROOT + ".render"), inCircles(graph));
    // Through a third package, and not through itself alone.
    Map<String, Set<String>> ring = new TreeMap<>();
    add(ring, "a", "b");
    add(ring, "b", "c");
    add(ring, "c", "a");
    add(ring, "d", "d");
    add(ring, "d", "a");
    assertEquals(Set.of("a", "b", "c"), inCircles(ring));
  }
}
