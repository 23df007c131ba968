// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.yolotorch.internal.PathText;

/**
 * File patterns as Python's {@code glob} understands them: {@code *}, {@code ?}, {@code [abc]},
 * {@code [!abc]} and {@code **}; any other character, a bracket that nothing closes too, stands for
 * itself, and no wildcard takes the dot that begins a name.
 */
final class Glob {
  private static final String WILDCARDS = "*?[";

  private Glob() {}

  static boolean isPattern(String name) {
    return name.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
  }

  /** Regular files that match, absolute and sorted; none if the folder part does not exist. */
  static List<Path> find(String pattern) throws IOException {
    int cut = folderLength(pattern);
    Path base = PathText.of(pattern.substring(0, cut)).toAbsolutePath().normalize();
    if (!Files.isDirectory(base)) {
      return List.of();
    }
    String rest = pattern.substring(cut);
    Pattern wanted = Pattern.compile(regex(rest), Pattern.DOTALL);
    int depth = rest.contains("**") ? Integer.MAX_VALUE : 1 + (int) slashes(rest);
    boolean hidden = rest.startsWith(".") || rest.contains("/.");
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(base, Set.of(), depth, visitor(base, wanted, hidden, found));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    found.sort(null);
    return found;
  }

  /** How much of the pattern names a folder: one that exists is taken as it is written. */
  private static int folderLength(String pattern) {
    int cut = 0;
    for (int slash = pattern.indexOf('/'); slash >= 0; slash = pattern.indexOf('/', slash + 1)) {
      String folder = pattern.substring(0, slash + 1);
      if (isPattern(folder) && !Files.isDirectory(PathText.of(folder))) {
        break;
      }
      cut = slash + 1;
    }
    return cut;
  }

  /** Whether the name begins with a dot. */
  static boolean isHidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }

  private static long slashes(String text) {
    return text.chars().filter(c -> c == '/').count();
  }

  private static String regex(String pattern) {
    StringBuilder regex = new StringBuilder();
    String[] parts = pattern.split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      if (parts[i].equals("**")) {
        // Folders of any depth, or none.
        regex.append("(?:(?!\\.)[^/]+/)*").append(last ? "(?!\\.)[^/]+" : "");
      } else {
        appendName(parts[i], regex);
        regex.append(last ? "" : "/");
      }
    }
    return regex.toString();
  }

  private static void appendName(String name, StringBuilder regex) {
    int[] signs = name.codePoints().toArray();
    if (signs.length > 0 && WILDCARDS.indexOf(signs[0]) >= 0) {
      regex.append("(?!\\.)");
    }
    int stars = 0;
    for (int i = 0; i < signs.length; i++) {
      int close = signs[i] == '[' ? closing(signs, i) : -1;
      if (signs[i] == '*') {
        // What follows a star is found at its first place, for good: more stars cost no power of
        // the length of the name.
        regex.append(stars++ > 0 ? ")" : "").append("(?>[^/]*?");
      } else if (signs[i] == '?') {
        regex.append("[^/]");
      } else if (close > 0) {
        appendSet(Arrays.copyOfRange(signs, i + 1, close), regex);
        i = close;
      } else {
        appendSign(signs[i], regex);
      }
    }
    if (stars > 0) {
      // The last star takes what makes the end fit.
      int last = regex.lastIndexOf("(?>[^/]*?");
      regex.replace(last, last + "(?>".length(), "(?:").append(")(?![^/])");
    }
  }

  private static void appendSign(int sign, StringBuilder regex) {
    regex.append("\\x{").append(Integer.toHexString(sign)).append('}');
  }

  /** Where the set that begins at {@code open} ends; -1 if nothing closes it. */
  private static int closing(int[] signs, int open) {
    int at = open + 1;
    at += at < signs.length && signs[at] == '!' ? 1 : 0;
    // A bracket that stands first is one of the set.
    for (at++; at < signs.length; at++) {
      if (signs[at] == ']') {
        return at;
      }
    }
    return -1;
  }

  /** Signs and ranges; a range from a later to an earlier sign is empty. */
  private static void appendSet(int[] set, StringBuilder regex) {
    boolean inverted = set[0] == '!';
    StringBuilder inside = new StringBuilder();
    for (int i = inverted ? 1 : 0; i < set.length; i++) {
      boolean range = i + 2 < set.length && set[i + 1] == '-';
      int to = range ? set[i + 2] : set[i];
      if (set[i] <= to) {
        appendSign(set[i], inside);
        inside.append('-');
        appendSign(to, inside);
      }
      i += range ? 2 : 0;
    }
    if (inside.isEmpty()) {
      regex.append(inverted ? "[^/]" : "(?!)");
    } else {
      regex.append(inverted ? "[^/" : "(?!/)[").append(inside).append("]");
    }
  }

  private static FileVisitor<Path> visitor(
      Path base, Pattern wanted, boolean hidden, List<Path> found) {
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts) {
        boolean skip = !hidden && !folder.equals(base) && isHidden(folder);
        return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
        String relative = PathText.of(base.relativize(file)).replace(File.separatorChar, '/');
        if (wanted.matcher(relative).matches() && Files.isRegularFile(file)) {
          found.add(file);
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
