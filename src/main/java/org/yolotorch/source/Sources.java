// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yolotorch.Source;
import org.yolotorch.YoloException;
import org.yolotorch.internal.Checks;
import org.yolotorch.internal.Count;
import org.yolotorch.internal.Ffmpeg;
import org.yolotorch.internal.PathText;

/** Opens sources by path, pattern, list or web address. Stateless and thread-safe. */
public final class Sources {
  private static final Set<String> PICTURES =
      Set.of("bmp", "gif", "jpeg", "jpg", "mpo", "png", "tif", "tiff", "webp");

  /** Pictures that are not read here. */
  private static final Set<String> UNREAD =
      Set.of(
          "arw", "avif", "cr2", "cr3", "dng", "exr", "hdr", "heic", "heif", "j2k", "jp2", "jpx",
          "jxl", "nef", "orf", "pfm", "psd", "raf", "raw", "rw2", "svg");

  /** What other YOLO tools read and this one does not. */
  private static final Pattern LIVE =
      Pattern.compile("(?i)(rtsp|rtmp|tcp)://.*|\\d+|screen( \\d+)*|.*\\.streams");

  private final SourceOptions options;
  private final List<Item> items = new ArrayList<>();

  private Sources(SourceOptions options) {
    this.options = options;
  }

  /** Opens a picture file, a video file or a folder; see {@link #open(List, SourceOptions)}. */
  public static Source open(Path path) {
    return open(PathText.of(Checks.given("path", path)));
  }

  /** Opens anything a user may name; see {@link #open(List, SourceOptions)}. */
  public static Source open(String name) {
    return open(List.of(Checks.given("name", name)));
  }

  /** Opens several names; see {@link #open(List, SourceOptions)}. */
  public static Source open(List<String> names) {
    return open(names, SourceOptions.defaults());
  }

  /** Opens anything a user may name; see {@link #open(List, SourceOptions)}. */
  public static Source open(String name, SourceOptions options) {
    return open(List.of(Checks.given("name", name)), options);
  }

  /**
   * Opens pictures and videos, in the order named. Each name is
   *
   * <ul>
   *   <li>a picture file (JPEG, PNG, BMP, GIF, TIFF, WebP) or a video file (avi, mkv, mov, mp4,
   *       webm and others that FFmpeg reads); a GIF of several pictures is a video,
   *   <li>a folder: the pictures in it, sorted, then the videos, not those of its sub-folders nor
   *       those whose names begin with a dot,
   *   <li>a pattern with {@code *}, {@code ?}, {@code [abc]} and {@code [!abc]}, sorted as a
   *       folder, where {@code **} stands for folders of any depth; what exists under the name as
   *       it is written is no pattern,
   *   <li>a list, {@code .txt} with one name per line or {@code .csv} with names between commas;
   *       names are looked for in the working folder, then beside the list, and one that does not
   *       exist is a frame whose {@code read()} throws,
   *   <li>an address, {@code http://} or {@code https://}, of at most 64 MiB; not one of this
   *       machine or a private network unless the options allow it,
   *   <li>or {@code -}, one picture or video from standard input.
   * </ul>
   *
   * <p>Videos need FFmpeg on the class path ({@code org.bytedeco:ffmpeg}).
   *
   * <p>Of several names, one that leads nowhere is a frame whose {@code read()} throws.
   *
   * @throws YoloException.NotFound if no name leads to a picture or a video
   */
  public static Source open(List<String> names, SourceOptions options) {
    Checks.given("options", options);
    List<String> all = Checks.all("names", names);
    Sources sources = new Sources(options);
    YoloException missing = null;
    int found = 0;
    for (String name : all) {
      int before = sources.items.size();
      try {
        sources.addNamed(name, true);
        if (sources.items.size() == before) {
          throw nothing(name);
        }
        found++;
      } catch (YoloException.NotFound e) {
        missing = e;
        sources.items.add(new MissingItem(name, () -> e));
      }
    }
    if (found == 0 && missing != null) {
      throw missing;
    }
    return new ItemSource(List.copyOf(sources.items));
  }

  /**
   * The version of FFmpeg, which reads videos.
   *
   * @throws YoloException.NativeLibrary if it is not on the class path
   */
  public static String ffmpegVersion() {
    return Ffmpeg.load();
  }

  private static YoloException nothing(String name) {
    boolean live = LIVE.matcher(name).matches();
    return new YoloException.NotFound(
        "A picture or video, a folder of them, a pattern, a list or a web address was expected as"
            + " source, but '"
            + name
            + (live
                ? "' is a live stream, which is not supported; record it to a file."
                : "' leads to no picture; check the path."));
  }

  private void addNamed(String name, boolean lists) {
    try {
      add(name, lists);
    } catch (IOException e) {
      throw new YoloException.NotFound(
          "The source '" + name + "' must be readable, but is not; check its permissions.", e);
    } catch (InvalidPathException e) {
      throw new YoloException.NotFound(
          "A file, folder or pattern was expected as source, but '"
              + name.replace('\0', '?')
              + "' is no path"
              + PathText.advice(name, "; check it."),
          e);
    }
  }

  private void add(String name, boolean lists) throws IOException {
    if (name.equals("-")) {
      items.add(
          new FetchedItem(
              "standard input", () -> StandardInput.read(options.standardInput()), options));
    } else if (WebAddress.isWeb(name)) {
      WebAddress address = new WebAddress(name, options.allowPrivate());
      items.add(new FetchedItem(name, address::fetch, options));
    } else if (Files.isDirectory(PathText.of(name))) {
      addFolder(PathText.of(name));
    } else if (Files.exists(PathText.of(name))) {
      addFile(name, lists);
    } else if (Glob.isPattern(name)) {
      addSorted(Glob.find(name));
    }
  }

  private void addFile(String name, boolean lists) throws IOException {
    Path file = PathText.of(name).toAbsolutePath().normalize();
    if (!Files.isRegularFile(file)) {
      YoloException.NotFound failure =
          new YoloException.NotFound(
              "A picture, video or list must be an ordinary file, but '"
                  + name
                  + "' is a pipe or device; save it as a file, or give it as standard input with"
                  + " source=-.");
      if (lists) {
        throw failure;
      }
      items.add(new MissingItem(name, () -> failure));
      return;
    }
    String suffix = VideoFile.suffix(file);
    if (lists && (suffix.equals("txt") || suffix.equals("csv"))) {
      addList(name, file, suffix.equals("csv") ? ",\r\n" : "\r\n");
    } else if (VideoFile.isVideo(file)) {
      addVideo(file);
    } else {
      items.add(new PictureItem(file, options.limits()));
    }
  }

  private void addVideo(Path file) {
    items.add(new VideoItem(file, PathText.of(file), true, options.vidStride()));
  }

  private void addList(String name, Path list, String separators) throws IOException {
    for (String entry : SourceList.names(name, list, separators)) {
      int before = items.size();
      try {
        addNamed(entry, false);
        Path beside = PathText.resolve(list.getParent(), entry);
        if (items.size() == before && Files.exists(beside)) {
          addNamed(PathText.of(beside), false);
        }
      } catch (YoloException.NotFound | InvalidPathException e) {
        // Told below, when its turn comes: the others can be predicted.
      }
      if (items.size() == before) {
        items.add(
            new MissingItem(
                entry,
                () ->
                    new YoloException.NotFound(
                        "A picture or video was expected at '"
                            + entry
                            + "', which '"
                            + PathText.of(list)
                            + "' names, but there is none; check the list.")));
      }
    }
  }

  private void addFolder(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(folder.toAbsolutePath().normalize())) {
      for (Path entry : entries) {
        if (!Glob.isHidden(entry) && Files.isRegularFile(entry)) {
          found.add(entry);
        }
      }
    }
    found.sort(null);
    addSorted(found);
  }

  /** Pictures before videos; files of other kinds are left out. */
  private void addSorted(List<Path> files) {
    List<Path> videos = new ArrayList<>();
    Map<String, Integer> unread = new TreeMap<>();
    for (Path file : files) {
      if (VideoFile.isVideo(file)) {
        videos.add(file);
      } else if (PICTURES.contains(VideoFile.suffix(file))) {
        items.add(new PictureItem(file, options.limits()));
      } else if (UNREAD.contains(VideoFile.suffix(file))) {
        unread.merge(VideoFile.suffix(file), 1, Integer::sum);
      }
    }
    videos.forEach(this::addVideo);
    if (!unread.isEmpty()) {
      options.onWarning().accept(leftOut(unread));
    }
  }

  private static String leftOut(Map<String, Integer> unread) {
    int count = 0;
    StringBuilder kinds = new StringBuilder();
    for (Map.Entry<String, Integer> kind : unread.entrySet()) {
      count += kind.getValue();
      kinds.append(kinds.isEmpty() ? "" : ", ").append(kind.getValue() + " " + kind.getKey());
    }
    return Count.of(count, "picture")
        + " of kinds that are not read here "
        + (count == 1 ? "was" : "were")
        + " left out ("
        + kinds
        + "); convert them to JPEG or PNG.";
  }
}
