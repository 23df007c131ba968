// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.val;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.yolotorch.YoloException;
import org.yolotorch.internal.PathText;

/**
 * A {@code data.yaml}: where pictures are and what the classes are called. Read without making any
 * object but numbers, texts, lists and maps; a {@code download} key is not followed.
 *
 * @param file the file itself
 * @param folder where relative paths of pictures begin
 * @param pictures files and folders of the split asked for, not checked to be there
 * @param names class names by class id, 0 up to their number - 1
 * @param keypoints numbers of {@code kpt_shape}, points and values per point; empty if not told
 */
record DataFile(
    Path file,
    Path folder,
    List<Path> pictures,
    Map<Integer, String> names,
    List<Integer> keypoints) {
  private static final int MAX_BYTES = 8 << 20;
  private static final int MAX_CLASSES = 1_000_000;

  /**
   * Reads a file.
   *
   * @throws YoloException.NotFound if there is no such file
   * @throws YoloException.InvalidData if it is no such file, or has no such split
   */
  static DataFile read(Path file, String split) {
    Map<?, ?> yaml = parse(file);
    Path folder = folder(file, text(file, yaml, "path"));
    Object places = yaml.get(split);
    // Older files say validation.
    places = places == null && split.equals("val") ? yaml.get("validation") : places;
    if (places == null) {
      throw fault(file, "the key " + split + ", a folder or list of pictures", "it is missing");
    }
    List<Path> pictures = new ArrayList<>();
    for (Object place : places instanceof List<?> list ? list : List.of(places)) {
      try {
        pictures.add(place(folder, place.toString()));
      } catch (InvalidPathException e) {
        throw fault(file, "a path as " + split, "'" + place + "' came");
      }
    }
    List<Integer> keypoints = new ArrayList<>();
    if (yaml.get("kpt_shape") instanceof List<?> shape) {
      for (Object number : shape) {
        keypoints.add(whole(file, "kpt_shape", number));
      }
    }
    return new DataFile(file, folder, pictures, names(file, yaml), keypoints);
  }

  /** Exporters of data sets write "../valid/images" where the folder lies beside the file. */
  private static Path place(Path folder, String text) {
    Path place = PathText.resolve(folder, text).normalize();
    if (!text.startsWith("../") || Files.exists(place)) {
      return place;
    }
    Path beside = PathText.resolve(folder, text.substring(3)).normalize();
    return Files.exists(beside) ? beside : place;
  }

  private static Map<?, ?> parse(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw fault(file, "a file such as data.yaml", "it is a folder");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw fault(file, "at most " + MAX_BYTES + " bytes", Files.size(file) + " came");
      }
      LoadSettings settings =
          LoadSettings.builder()
              .setLabel(file.getFileName().toString())
              .setCodePointLimit(MAX_BYTES)
              .build();
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      if (new Load(settings).loadFromString(text) instanceof Map<?, ?> map) {
        return map;
      }
      throw fault(file, "keys such as val and names", "it holds none");
    } catch (YamlEngineException | StackOverflowError e) {
      String words = e.getMessage() == null ? "too deep" : e.getMessage().lines().findFirst().get();
      throw new YoloException.InvalidData(
          "The data set file '" + file + "' must be YAML, but is not (" + words + "); correct it.",
          e);
    } catch (IOException e) {
      throw new YoloException.NotFound(
          "A data set file such as data.yaml was expected at '"
              + file
              + "', but "
              + (Files.exists(file) ? "it cannot be read" : "there is none")
              + "; check the path.",
          e);
    }
  }

  /** Relative paths begin beside the file, or, as Ultralytics has it, in the working folder. */
  private static Path folder(Path file, String path) {
    Path beside = file.toAbsolutePath().normalize().getParent();
    try {
      Path folder = path == null ? beside : PathText.resolve(beside, path).normalize();
      return path != null && !Files.exists(folder) && Files.exists(PathText.of(path))
          ? PathText.of(path).toAbsolutePath().normalize()
          : folder;
    } catch (InvalidPathException e) {
      throw fault(file, "a folder as path", "'" + path + "' came");
    }
  }

  private static Map<Integer, String> names(Path file, Map<?, ?> yaml) {
    Map<Integer, String> names = new TreeMap<>();
    if (yaml.get("names") instanceof Map<?, ?> map) {
      map.forEach((id, name) -> names.put(whole(file, "names", id), String.valueOf(name)));
    } else if (yaml.get("names") instanceof List<?> list) {
      list.forEach(name -> names.put(names.size(), String.valueOf(name)));
    }
    int count = yaml.get("nc") == null ? names.size() : whole(file, "nc", yaml.get("nc"));
    if (count < 1 || count > MAX_CLASSES) {
      throw fault(file, "the key names, the names of the classes", "it is missing");
    }
    if (names.isEmpty()) {
      for (int id = 0; id < count; id++) {
        names.put(id, "class_" + id);
      }
    }
    if (names.size() != count) {
      throw fault(file, "as many names as nc says, " + count, names.size() + " came");
    }
    for (int id = 0; id < count; id++) {
      if (!names.containsKey(id)) {
        throw fault(file, "a name for each class from 0 to " + (count - 1), id + " has none");
      }
    }
    return names;
  }

  private static String text(Path file, Map<?, ?> yaml, String key) {
    Object value = yaml.get(key);
    if (value != null && !(value instanceof String)) {
      throw fault(file, "a text as " + key, "'" + value + "' came");
    }
    return (String) value;
  }

  private static int whole(Path file, String key, Object value) {
    if (value instanceof Integer number) {
      return number;
    }
    throw fault(file, "a whole number in " + key, "'" + value + "' came");
  }

  private static YoloException.InvalidData fault(Path file, String expected, String came) {
    return new YoloException.InvalidData(
        "The data set file '"
            + file
            + "' must have "
            + expected
            + ", but "
            + came
            + "; correct it.");
  }
}
