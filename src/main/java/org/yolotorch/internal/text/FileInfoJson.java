// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch.internal.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yolotorch.BakedNms;
import org.yolotorch.FileInfo;
import org.yolotorch.ImageSize;
import org.yolotorch.ModelInfo;

/** A {@link FileInfo} as one JSON object. */
public final class FileInfoJson {
  private final StringBuilder out = new StringBuilder();

  private FileInfoJson() {}

  public static String object(FileInfo info, String file) {
    FileInfoJson json = new FileInfoJson();
    json.out.append('{');
    json.write(info, file);
    return json.out.append('}').toString();
  }

  private void write(FileInfo info, String file) {
    text("file", file);
    text("kind", info.kind());
    text("title", info.title());
    number("bytes", info.bytes());
    text("sha256", info.sha256());
    text("verdict", info.verdict().name().toLowerCase(Locale.ROOT));
    text("reason", info.reason());
    text("advice", info.advice());
    texts("runtimes", info.runtimes());
    if (info.model().isPresent()) {
      key("model").append('{');
      write(info.model().get());
      out.append('}');
    } else {
      key("model").append("null");
    }
    key("details").append('{');
    info.details().forEach(this::text);
    out.append('}');
    key("layers").append('[');
    for (FileInfo.Layer layer : info.layers()) {
      next().append('{');
      number("index", layer.index());
      text("from", layer.from());
      number("params", layer.parameters());
      text("module", layer.module());
      out.append('}');
    }
    out.append(']');
    counts("values", info.values());
    counts("operators", info.operators());
    texts("devices", info.devices());
    texts("optimizations", info.optimizations());
  }

  private void write(ModelInfo model) {
    text("kind", model.kind());
    text("task", model.task().id());
    text("family", model.family());
    text("scale", model.scale());
    ImageSize size = model.imgsz();
    key("imgsz").append('[').append(size.height()).append(',').append(size.width()).append(']');
    number("stride", model.stride());
    number("batch", model.batch());
    number("channels", model.channels());
    flag("dynamic", model.dynamic());
    flag("nms", model.nms());
    if (model.bakedNms().isPresent()) {
      BakedNms baked = model.bakedNms().get();
      key("baked_nms").append('{');
      fraction("conf", baked.conf());
      fraction("iou", baked.iou());
      number("max_det", baked.maxDet());
      flag("agnostic_nms", baked.agnosticNms());
      out.append('}');
    } else {
      key("baked_nms").append("null");
    }
    flag("end2end", model.end2end());
    number("parameters_raw", model.parametersRaw());
    number("parameters_fused", model.parameters());
    fraction("gflops", model.gflops());
    number("keypoints", model.keypoints());
    number("keypoint_values", model.keypointValues());
    text("description", model.description());
    text("license", model.license());
    text("version", model.version());
    text("date", model.date());
    key("names").append('{');
    model.names().forEach((id, name) -> text(id.toString(), name));
    out.append('}');
    texts("warnings", model.warnings());
  }

  /** Puts the comma before whatever follows something. */
  private StringBuilder next() {
    char last = out.charAt(out.length() - 1);
    return last == '{' || last == '[' ? out : out.append(',');
  }

  private StringBuilder key(String key) {
    return Json.text(next(), key).append(':');
  }

  private void text(String key, String value) {
    Json.text(key(key), value);
  }

  private void number(String key, long value) {
    key(key).append(value);
  }

  private void fraction(String key, double value) {
    Json.number(key(key), value);
  }

  private void flag(String key, boolean value) {
    key(key).append(value);
  }

  private void texts(String key, List<String> values) {
    key(key).append('[');
    for (String value : values) {
      Json.text(next(), value);
    }
    out.append(']');
  }

  private void counts(String key, Map<String, Long> counts) {
    key(key).append('{');
    counts.forEach(this::number);
    out.append('}');
  }
}
