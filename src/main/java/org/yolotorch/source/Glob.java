// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.yolotorch.internal.PathText;

/** File patterns as a shell with {@code **} understands them. */
final class Glob {
  private Glob() {}

  static boolean isPattern(String name) {
    return firstWildcard(name) >= 0;
  }

  private static int firstWildcard(String name) {
    for (int i = 0; i < name.length(); i++) {
      if ("*?[".indexOf(name.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  /** Regular files that match, absolute and sorted; none if the folder part does not exist. */
  static List<Path> find(String pattern) throws IOException {
    int cut = pattern.lastIndexOf('/', firstWildcard(pattern)) + 1;
    Path base = PathText.of(pattern.substring(0, cut)).toAbsolutePath().normalize();
    if (!Files.isDirectory(base)) {
      return List.of();
    }
    // Braces are no wildcards in a shell pattern of this kind, but are for Java.
    String rest = pattern.substring(cut).replace("{", "\\{").replace("}", "\\}");
    List<PathMatcher> matchers = new ArrayList<>();
    addMatchers(base, rest, matchers);
    int depth = rest.contains("**") ? Integer.MAX_VALUE : 1 + count(rest, '/');
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(base, java.util.Set.of(), depth, visitor(base, matchers, found));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    found.sort(null);
    return found;
  }

  /** In Java {@code **}{@code /x} needs a folder; a shell takes no folder at all as well. */
  private static void addMatchers(Path base, String pattern, List<PathMatcher> matchers) {
    matchers.add(base.getFileSystem().getPathMatcher("glob:" + pattern));
    int stars = pattern.indexOf("**/");
    if (stars >= 0) {
      addMatchers(base, pattern.substring(0, stars) + pattern.substring(stars + 3), matchers);
    }
  }

  private static int count(String text, char wanted) {
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == wanted) {
        count++;
      }
    }
    return count;
  }

  private static FileVisitor<Path> visitor(
      Path base, List<PathMatcher> matchers, List<Path> found) {
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts) {
        boolean hidden = !folder.equals(base) && folder.getFileName().toString().startsWith(".");
        return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
        Path relative = base.relativize(file);
        for (PathMatcher matcher : matchers) {
          if (matcher.matches(relative) && Files.isRegularFile(file)) {
            found.add(file);
            break;
          }
        }
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFileFailed(Path file, IOException e) {
        // One folder without permission must not hide the others.
        return FileVisitResult.CONTINUE;
      }
    };
  }
}
