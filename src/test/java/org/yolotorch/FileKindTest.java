// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
package org.yolotorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yolotorch.support.ArchiveRewriter;
import org.yolotorch.support.Assets;
import org.yolotorch.support.PickleWriter;

/** Files that are no model for us are called by their names, in info and when they are loaded. */
class FileKindTest {
  private static final int LEAST_KINDS = 20;

  @TempDir Path folder;

  private int named;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] join(byte[]... parts) {
    ByteBuffer joined = ByteBuffer.allocate(1024);
    for (byte[] part : parts) {
      joined.put(part);
    }
    byte[] bytes = new byte[Math.max(64, joined.position())];
    joined.flip().get(bytes, 0, joined.limit());
    return bytes;
  }

  private static byte[] int64(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  /** A zip archive in which every record lies in the folder "top". */
  private Path zip(Object... namesAndContents) throws IOException {
    Map<String, byte[]> records = new LinkedHashMap<>();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      records.put((String) namesAndContents[i], (byte[]) namesAndContents[i + 1]);
    }
    return ArchiveRewriter.zip(folder.resolve("file.zip"), records);
  }

  private void check(String kind, String title, byte[] content) throws IOException {
    check(kind, title, Files.write(folder.resolve("file"), content));
  }

  /** A file must be of this kind, and both its title and the error say this. */
  private void check(String kind, String title, Path file) {
    FileInfo info = ModelArchive.inspect(file);
    assertEquals(kind, info.kind());
    assertTrue(info.title().contains(title), kind + ": " + info.title());
    assertEquals(FileInfo.Verdict.UNKNOWN, info.verdict(), kind + ": " + info.reason());
    assertEquals(Optional.empty(), info.model(), kind);
    assertFalse(info.advice().isEmpty(), kind);
    assertEquals(64, info.sha256().length());
    YoloException error = assertThrows(YoloException.class, () -> Yolo.load(file), kind);
    String message = error.getMessage();
    assertTrue(message.contains("'" + file.getFileName() + "'"), message);
    assertTrue(message.contains(title), kind + ": " + message);
    assertFalse(message.contains("\n"), message);
    assertThrows(YoloException.class, () -> ModelArchive.verify(file), kind);
    named++;
  }

  @Test
  void everyKindIsNamed() throws IOException {
    check("onnx", "an ONNX model", Assets.get("exported/yolo11n.onnx"));
    check("onnx", "an ONNX model", Assets.get("exported/yolo11n-seg.onnx"));
    check("picture", "a JPEG picture", Assets.picture("bus.jpg"));
    Path png = Assets.get("expected/resize").resolve("cases.json");
    check("text", "a text file", png);
    plainFiles();
    pickles();
    zips();
    Assets.figure("info_kinds_named", named, "files");
    assertTrue(named >= LEAST_KINDS, "kinds " + named);
  }

  private void plainFiles() throws IOException {
    check("empty", "an empty file", new byte[0]);
    check("text", "a text file", ascii("epoch: 100\nbatch: 16\n".repeat(4)));
    check("html", "a web page", ascii("\n<!DOCTYPE html><html><title>Not found</title></html>"));
    check(
        "git-lfs-pointer",
        "a Git LFS pointer",
        ascii("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 5613764\n"));
    String header =
        "{\"model.0.conv.weight\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    check(
        "safetensors",
        "a SafeTensors file",
        join(int64(header.length()), ascii(header), new byte[4]));
    check("tflite", "a TensorFlow Lite model", join(new byte[] {28, 0, 0, 0}, ascii("TFL3")));
    check("hdf5", "an HDF5 file", join(ascii("\u0089HDF\r\n\u001a\n")));
    check("gguf", "a GGUF language model", join(ascii("GGUF"), new byte[] {3, 0, 0, 0}));
    check("numpy", "a NumPy array", join(ascii("\u0093NUMPY\u0001\0"), ascii("v\0{'descr': ")));
    check("picture", "a PNG picture", join(ascii("\u0089PNG\r\n\u001a\n")));
    check("gzip", "a gzip archive", join(new byte[] {0x1f, (byte) 0x8b, 8, 0}));
    check("pdf", "a PDF document", join(ascii("%PDF-1.7\n")));
    check("executorch", "an ExecuTorch program", join(new byte[] {28, 0, 0, 0}, ascii("ET12")));
    check("xml", "an XML file", ascii("<?xml version=\"1.0\"?><annotation></annotation>"));
    check(
        "openvino",
        "an OpenVINO network",
        ascii("<?xml version=\"1.0\"?>\n<net name=\"yolo11n\" version=\"11\"></net>"));
    // Version 8 of the specification, a description of 300 bytes, its first input.
    check("coreml", "a Core ML model", join(new byte[] {8, 8, 0x12, (byte) 0xac, 2, 0x0a, 40}));
    check("ncnn", "an ncnn parameter file", ascii("7767517\n2 1\nInput in0 0 1 in0\n"));
    String engine = "{\"task\": \"detect\"}";
    check(
        "tensorrt",
        "a TensorRT engine",
        join(new byte[] {(byte) engine.length(), 0, 0, 0}, ascii(engine), ascii("ftrt")));
    byte[] noise = new byte[300];
    new java.util.Random(5).nextBytes(noise);
    noise[0] = (byte) 0xee;
    check("unknown", "a file of no kind that is known here", noise);
  }

  private void pickles() throws IOException {
    byte[] dict = new PickleWriter().emptyDict().stop();
    check("pickle", "a bare Python pickle", dict);
    // What torch.save wrote before 1.6: three pickles, then the tensors.
    byte[] magic =
        join(
            new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10},
            new byte[] {0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9},
            new byte[] {0x20, 0x6a, (byte) 0xa8, 0x50, 0x19, '.'},
            dict);
    check("legacy-checkpoint", "a checkpoint of a PyTorch older than 1.6", magic);
    byte[] weights =
        new PickleWriter()
            .global("collections", "OrderedDict")
            .emptyTuple()
            .reduce()
            .mark()
            .text("model.0.conv.weight")
            .tensor()
            .setItems()
            .stop();
    byte[] version = ascii("3\n");
    check(
        "state-dict",
        "a plain state dict",
        zip("top/data.pkl", weights, "top/data/0", new byte[16], "top/version", version));
    byte[] yolov5 =
        new PickleWriter()
            .emptyDict()
            .mark()
            .text("model")
            .global("models.yolo", "DetectionModel")
            .emptyTuple()
            .newObject()
            .emptyDict()
            .mark()
            .text("yaml")
            .emptyDict()
            .mark()
            .text("nc")
            .number(80)
            .setItems()
            .setItems()
            .build()
            .setItems()
            .stop();
    check(
        "yolov5-checkpoint",
        "a YOLOv5 checkpoint",
        zip("best/data.pkl", yolov5, "best/version", version));
  }

  private void zips() throws IOException {
    byte[] some = ascii("something");
    check("zip", "a zip archive that holds no model", zip("a/b.txt", some, "a/c.txt", some));
    check("jar", "a Java archive", zip("META-INF/MANIFEST.MF", ascii("Manifest-Version: 1.0\n")));
    check(
        "torch-export",
        "a program of torch.export",
        zip("yolo11n/archive_format", ascii("pt2"), "yolo11n/models/model.json", some));
    check("keras", "a Keras model", zip("config.json", some, "model.weights.h5", some));
    check("numpy", "an archive of NumPy arrays", zip("a.npy", some, "b.npy", some));
    check(
        "legacy-torchscript",
        "a TorchScript archive of PyTorch 1.0 to 1.3",
        zip("top/model.json", some, "top/attributes.pkl", some));
    check("office-document", "an office document", zip("[Content_Types].xml", some));
  }

  /** What a model of another program is refused with; a file that is none is damaged. */
  @Test
  void modelsOfOtherProgramsAreUnsupported() throws IOException {
    Path onnx = Assets.get("exported/yolo11n.onnx");
    assertEquals(ErrorCode.UNSUPPORTED_MODEL, code(onnx, "an ONNX model"));
    unsupported("a.safetensors", "a SafeTensors file", join(int64(2), ascii("{}")));
    unsupported("a.xml", "an OpenVINO network", ascii("<net name=\"yolo11n\"></net>"));
    byte[] flat = join(new byte[] {28, 0, 0, 0}, ascii("TFL3"));
    unsupported("a.tflite", "a TensorFlow Lite model", flat);
    // A name in any case, where the content tells nothing.
    byte[] noise = new byte[300];
    new java.util.Random(5).nextBytes(noise);
    noise[0] = (byte) 0xee;
    unsupported("a.engine", "a TensorRT engine, as its name says", noise);
    unsupported("a.MLMODEL", "a Core ML model, as its name says", noise);
    unsupported("a.pb", "a TensorFlow graph, as its name says", noise);
    for (String name : new String[] {"b.mlpackage", "yolo11n_openvino_model"}) {
      Path made = Files.createDirectory(folder.resolve(name));
      assertEquals(ErrorCode.UNSUPPORTED_MODEL, code(made, "a "));
    }
    assertEquals(ErrorCode.CORRUPT_MODEL, code(write("a.pt", noise), "no kind"));
    assertEquals(ErrorCode.CORRUPT_MODEL, code(write("b.engine", new byte[0]), "an empty file"));
    assertEquals(ErrorCode.CORRUPT_MODEL, code(write("c.engine", ascii("<html>")), "a web page"));
    assertEquals(ErrorCode.NOT_FOUND, code(folder, "not a file"));
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private void unsupported(String name, String title, byte[] content) throws IOException {
    assertEquals(ErrorCode.UNSUPPORTED_MODEL, code(write(name, content), title), name);
    YoloException inMemory =
        assertThrows(YoloException.UnsupportedModel.class, () -> Yolo.load(content, name));
    assertTrue(inMemory.getMessage().contains(title), inMemory.getMessage());
  }

  /** The code of the refusal, whose sentence says this. */
  private static ErrorCode code(Path file, String title) {
    YoloException error = assertThrows(YoloException.class, () -> Yolo.load(file.toString()));
    assertTrue(error.getMessage().contains(title), error.getMessage());
    assertEquals(
        error.getMessage(),
        assertThrows(YoloException.class, () -> ModelArchive.verify(file)).getMessage());
    return error.code();
  }

  /** It is an archive for both: told so, and it runs. */
  @Test
  void anArchiveForTheLiteInterpreterIsRecognised() {
    Path file = folder.resolve("lite.torchscript");
    try (Yolo model = Yolo.load(Assets.get("weights/yolo11n.pt"))) {
      model.export(ExportOptions.builder().optimize(true).imgsz(64).file(file).build());
    }
    FileInfo info = ModelArchive.inspect(file);
    assertEquals("lite-interpreter", info.kind());
    assertEquals(FileInfo.Verdict.CLEAN, info.verdict(), info.reason());
    assertTrue(
        info.runtimes().contains("the lite interpreter of PyTorch Mobile"),
        info.runtimes().toString());
    assertEquals(2_616_248, info.model().orElseThrow().parameters());
    Yolo.load(file).close();
  }
}
