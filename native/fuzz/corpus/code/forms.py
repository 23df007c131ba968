class A(Module):
  __annotations__ = []
  __annotations__["0"] = Dict[str, Optional[List[int]]]
  a : Final[int] = 3
  pass
  def f(self: __torch__.a.A, x: List[Tensor], y: Optional[int]=None) -> Tuple[Tensor, int]:
    if bool(torch.gt(x[0], 0)):
      z = annotate(List[int], [1, -2, ])
    elif torch.__is__(y, None):
      z = [int(1.5e-3), ops.prim.NumToTensor(0x1F)]
    else:
      z = uninitialized(List[int])
    for i in range(3):
      w, u, = x[0], "t\x41"
    while True:
      break
    _0 = unchecked_cast(Tensor, getattr(self, "0"))
    _1 = ops.torchvision.nms(_0, _0, 0.5)
    _2 = torch.device("cuda:0")
    assert True, "no"
    return (_1, 1)
